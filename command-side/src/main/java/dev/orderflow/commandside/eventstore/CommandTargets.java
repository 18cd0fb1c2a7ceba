package dev.orderflow.commandside.eventstore;

import dev.orderflow.api.catalog.CatalogCommand;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.payment.model.Payment;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Which streams a command is for; by its type, without reflection on every command. */
public final class CommandTargets implements CommandTargetResolver {
  @Override
  public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> message) {
    return new VersionedAggregateIdentifier((Object) streamOf(message.getPayload()), null);
  }

  /** Every stream that the command reads or appends to. */
  static Collection<String> streamsOf(Object command) {
    return command instanceof PlaceOrder order ? streamsOf(order) : List.of(streamOf(command));
  }

  private static Collection<String> streamsOf(PlaceOrder order) {
    var streams = new LinkedHashSet<String>();
    streams.add(streamOf(order));
    for (var line : order.lines()) {
      streams.add(Product.streamId(line.productId()));
      streams.add(InventoryItem.streamId(line.productId()));
    }
    return streams;
  }

  private static String streamOf(Object command) {
    return switch (command) {
      case CatalogCommand catalog -> Product.streamId(catalog.productId());
      case InventoryCommand inventory -> InventoryItem.streamId(inventory.productId());
      case OrderCommand order -> Order.streamId(order.orderId());
      case PaymentCommand payment -> Payment.streamId(payment.paymentId());
      default -> throw new IllegalArgumentException("no target for " + command.getClass());
    };
  }
}
