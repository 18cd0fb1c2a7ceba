package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.commandside.commands.CommandHandler;
import dev.orderflow.commandside.commands.Streams;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.StreamId;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.ordering.model.OrderState;
import dev.orderflow.commandside.payment.model.Payment;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Confirms an order that is paid and sells what it holds, both or neither. */
@Component
class ConfirmOrderHandler implements CommandHandler<ConfirmOrder> {
  private final OrderReservations reservations;
  private final AggregateType<Payment, PaymentCommand> payments;

  ConfirmOrderHandler(
      OrderReservations reservations, AggregateType<Payment, PaymentCommand> payments) {
    this.reservations = reservations;
    this.payments = payments;
  }

  @Override
  public Class<ConfirmOrder> commandType() {
    return ConfirmOrder.class;
  }

  @Override
  public Collection<StreamId<?>> readFirst(ConfirmOrder command) {
    return List.of(reservations.order(command.orderId()));
  }

  @Override
  public Touched touched(ConfirmOrder command, Streams first) {
    return new Touched(reservations.streams(command.orderId(), first), Set.of(payment(command)));
  }

  private StreamId<Payment> payment(ConfirmOrder command) {
    return payments.stream(Payment.streamId(PaymentId.of(command.orderId())));
  }

  @Override
  public OrderState handle(ConfirmOrder command, Streams streams) throws Exception {
    var order = streams.get(reservations.order(command.orderId()));
    if (!order.exists()) {
      throw new Rejection.OrderNotFound();
    }
    if (order.invoke(Order::state).status() == OrderStatus.PENDING && !isPaid(command, streams)) {
      throw new Rejection.OrderNotPaid();
    }
    var state = (OrderState) order.decide(command);
    if (state.status() == OrderStatus.CONFIRMED) {
      reservations.settle(state, streams, CommitStock::new);
    }
    return state;
  }

  private boolean isPaid(ConfirmOrder command, Streams streams) {
    var payment = streams.get(payment(command));
    return payment.exists() && payment.invoke(Payment::state).status() == PaymentStatus.SUCCEEDED;
  }
}
