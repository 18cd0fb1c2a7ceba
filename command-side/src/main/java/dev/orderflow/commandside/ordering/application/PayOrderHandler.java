package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.commands.CommandHandler;
import dev.orderflow.commandside.commands.Streams;
import dev.orderflow.commandside.eventstore.RememberedAggregate;
import dev.orderflow.commandside.eventstore.StreamId;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.payment.model.Payment;
import dev.orderflow.commandside.payment.model.PaymentState;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Lets an order be paid, and the money be given back, as the order itself says. The caller acts on
 * records, and may have heard of an order that does not exist, or has another status.
 *
 * <ul>
 *   <li>A payment is for an existing order: over its total, by its method, paid by its customer.
 *   <li>A refund is for an order that is cancelled.
 *   <li>A payment that succeeds for a cancelled order is refunded in the same unit of work.
 * </ul>
 */
@Component
record PayOrderHandler(OrderStreams ids) implements CommandHandler<PaymentCommand> {
  /** Not that a refund is done: the payment alone decides that. */
  @Override
  public Set<Class<? extends PaymentCommand>> commandTypes() {
    return Set.of(RequestPayment.class, CompletePayment.class, RequestRefund.class);
  }

  @Override
  public Touched touched(PaymentCommand command, Streams first) {
    return new Touched(Set.of(payment(command)), Set.of(order(command)));
  }

  @Override
  public PaymentState handle(PaymentCommand command, Streams streams) throws Exception {
    var payment = streams.get(payment(command));
    var order = streams.get(order(command));
    if (command instanceof RequestPayment) {
      return decide(paymentOf(order), payment);
    }
    if (!payment.exists()) {
      throw new Rejection.PaymentNotFound();
    }
    if (command instanceof RequestRefund && !isCancelled(order)) {
      throw new Rejection.OrderNotCancelled();
    }
    var state = decide(command, payment);
    return state.status() == PaymentStatus.SUCCEEDED && isCancelled(order)
        ? decide(new RequestRefund(command.paymentId()), payment)
        : state;
  }

  private static RequestPayment paymentOf(RememberedAggregate<Order> order) throws Rejection {
    if (!order.exists()) {
      throw new Rejection.OrderNotFound();
    }
    var state = order.invoke(Order::state);
    return new RequestPayment(
        state.orderId(), state.total(), state.paymentMethod(), state.userId());
  }

  private static PaymentState decide(PaymentCommand command, RememberedAggregate<Payment> payment)
      throws Exception {
    return (PaymentState) payment.decide(command);
  }

  private static boolean isCancelled(RememberedAggregate<Order> order) {
    return order.exists() && order.invoke(Order::state).status() == OrderStatus.CANCELLED;
  }

  private StreamId<Payment> payment(PaymentCommand command) {
    return ids.payment(command.paymentId());
  }

  private StreamId<Order> order(PaymentCommand command) {
    return ids.order(command.paymentId().orderId());
  }
}
