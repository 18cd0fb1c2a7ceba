package dev.orderflow.commandside.testing;

import dev.orderflow.api.catalog.CatalogCommand;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.payment.model.Payment;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** The stream that a command is asked of, for Axon's fixtures. */
public final class CommandTargets implements CommandTargetResolver {
  @Override
  public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> message) {
    var streamId =
        switch (message.getPayload()) {
          case CatalogCommand catalog -> Product.streamId(catalog.productId());
          case InventoryCommand inventory -> InventoryItem.streamId(inventory.productId());
          case OrderCommand order -> Order.streamId(order.orderId());
          case PaymentCommand payment -> Payment.streamId(payment.paymentId());
          default -> throw new IllegalArgumentException("no target for " + message);
        };
    return new VersionedAggregateIdentifier((Object) streamId, null);
  }
}
