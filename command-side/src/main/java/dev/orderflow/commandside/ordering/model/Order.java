package dev.orderflow.commandside.ordering.model;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.rejection.Rejection;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** An order, from PENDING to one of its two ends. */
public class Order {
  @AggregateIdentifier
  @SuppressWarnings("UnusedVariable") // Axon reads it.
  private @Nullable String streamId;

  private @Nullable OrderState state;

  /** Before its first event. */
  public Order() {}

  /** Places it. The decision was made before, together with that about the stock. */
  public void place(OrderPlacedEvent placed) {
    apply(placed);
  }

  /** The name of an order's stream in the event store. */
  public static String streamId(OrderId orderId) {
    return "order-" + orderId.value();
  }

  /** A cancelled order stays cancelled: the answer says so, and its payment is refunded. */
  @CommandHandler
  OrderState confirm(ConfirmOrder command, Clock clock) {
    if (state().status() == OrderStatus.PENDING) {
      apply(new OrderConfirmedEvent(command.orderId(), clock.instant()));
    }
    return state();
  }

  /** A confirmed order stays confirmed; only its customer is told that this is too late. */
  @CommandHandler
  OrderState cancel(CancelOrder command, Clock clock) throws Rejection {
    switch (state().status()) {
      case PENDING ->
          apply(new OrderCancelledEvent(command.orderId(), command.reason(), clock.instant()));
      case CONFIRMED -> {
        if (command.reason() == CancelReason.CUSTOMER_REQUEST) {
          throw new Rejection.OrderNotCancellable();
        }
      }
      case CANCELLED -> {}
    }
    return state();
  }

  @EventSourcingHandler
  void on(OrderEvent event) {
    switch (event) {
      case OrderPlacedEvent placed -> {
        streamId = streamId(placed.orderId());
        state = OrderState.of(placed);
      }
      case OrderConfirmedEvent confirmed ->
          state = state().with(OrderStatus.CONFIRMED, null, confirmed.timestamp());
      case OrderCancelledEvent cancelled ->
          state = state().with(OrderStatus.CANCELLED, cancelled.reason(), cancelled.timestamp());
    }
  }

  /** How it stands. */
  public OrderState state() {
    if (state == null) {
      throw new IllegalStateException("not placed yet");
    }
    return state;
  }
}
