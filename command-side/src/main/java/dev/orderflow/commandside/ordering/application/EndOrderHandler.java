package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.commands.CommandHandler;
import dev.orderflow.commandside.commands.Streams;
import dev.orderflow.commandside.eventstore.StreamId;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.ordering.model.OrderState;
import dev.orderflow.commandside.payment.model.Payment;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Confirms an order that is paid and sells what it holds, or cancels it, gives that back and asks
 * for the refund of what was paid: all or nothing, so that order, stock and money are never apart.
 * Whether the payment has succeeded or failed it reads from the payment, not from the caller.
 */
@Component
record EndOrderHandler(OrderStreams ids) implements CommandHandler<OrderCommand> {
  @Override
  public Set<Class<? extends OrderCommand>> commandTypes() {
    return Set.of(ConfirmOrder.class, CancelOrder.class);
  }

  @Override
  public Collection<StreamId<?>> readFirst(OrderCommand command) {
    return List.of(order(command));
  }

  /**
   * The order, its payment, and the stock of its products, which never change. Confirming writes to
   * the payment only of an order that was cancelled before: cancelling refunds by itself.
   */
  @Override
  public Touched touched(OrderCommand command, Streams first) {
    var written = new HashSet<StreamId<?>>(Set.of(order(command)));
    var order = first.get(order(command));
    if (order.exists()) {
      products(order.invoke(Order::state)).map(ids::stock).forEach(written::add);
    }
    if (command instanceof ConfirmOrder
        && (!order.exists() || order.invoke(Order::state).status() == OrderStatus.PENDING)) {
      return new Touched(written, Set.of(payment(command)));
    }
    written.add(payment(command));
    return new Touched(written, Set.of());
  }

  @Override
  public OrderState handle(OrderCommand command, Streams streams) throws Exception {
    var order = streams.get(order(command));
    if (!order.exists()) {
      throw new Rejection.OrderNotFound();
    }
    if (order.invoke(Order::state).status() == OrderStatus.PENDING) {
      require(command, streams);
    }
    var state = (OrderState) order.decide(command);
    var reservation = ReservationId.of(command.orderId());
    for (var product : products(state).toList()) {
      switch (state.status()) {
        case CONFIRMED -> settle(new CommitStock(product, reservation), streams);
        case CANCELLED -> settle(new ReleaseStock(product, reservation), streams);
        case PENDING -> throw new IllegalStateException("has not ended by " + command);
      }
    }
    if (state.status() == OrderStatus.CANCELLED
        && isPayment(PaymentStatus.SUCCEEDED, command, streams)) {
      var _ =
          streams.get(payment(command)).decide(new RequestRefund(PaymentId.of(command.orderId())));
    }
    return state;
  }

  private void require(OrderCommand command, Streams streams) throws Rejection {
    switch (command) {
      case ConfirmOrder _ when !isPayment(PaymentStatus.SUCCEEDED, command, streams) ->
          throw new Rejection.OrderNotPaid();
      case CancelOrder cancel
          when cancel.reason() == CancelReason.PAYMENT_FAILED
              && !isPayment(PaymentStatus.FAILED, command, streams) ->
          throw new Rejection.PaymentNotFailed();
      default -> {}
    }
  }

  /** What is settled already stays as it is. */
  private void settle(InventoryCommand settlement, Streams streams) throws Exception {
    var _ = streams.get(ids.stock(settlement.productId())).decide(settlement);
  }

  private boolean isPayment(PaymentStatus status, OrderCommand command, Streams streams) {
    var payment = streams.get(payment(command));
    return payment.exists() && payment.invoke(Payment::state).status() == status;
  }

  private StreamId<Order> order(OrderCommand command) {
    return ids.order(command.orderId());
  }

  private StreamId<Payment> payment(OrderCommand command) {
    return ids.payment(PaymentId.of(command.orderId()));
  }

  /** Lines of the same product share one reservation. */
  private static Stream<ProductId> products(OrderState order) {
    return order.items().stream().map(OrderItem::productId).distinct();
  }
}
