package dev.orderflow.saga.testing;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.proto.payment.v1.Payment;
import dev.orderflow.proto.payment.v1.PaymentStatus;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import io.grpc.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What the saga needs of a command side: orders and payments that decide as the real ones do, and
 * publish what they decided. Remembers every call.
 */
public final class FakeCommandSide {
  private final EventPublisher events;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, OrderStatus> orders = new ConcurrentHashMap<>();
  private final Map<OrderId, UserId> customers = new ConcurrentHashMap<>();
  private final Map<String, Payment> payments = new ConcurrentHashMap<>();
  private final Map<String, Long> published = new ConcurrentHashMap<>();

  /** With an event log of its own making. */
  public FakeCommandSide(EventPublisher events) {
    this.events = events;
  }

  /**
   * What has come for an order, in its order of arrival; the subject contains the order's number.
   */
  public List<Call> calls(OrderId orderId) {
    var number = orderId.value().substring("ORD-".length());
    return calls.stream().filter(call -> call.subject().contains(number)).toList();
  }

  /** How many calls of a method have come. */
  public long allCalls(String method) {
    return calls.stream().filter(call -> call.method().equals(method)).count();
  }

  /** Where an order stands. */
  public OrderStatus order(OrderId orderId) {
    return orders.getOrDefault(orderId.value(), OrderStatus.ORDER_STATUS_PENDING);
  }

  /** Where the payment of an order stands; unspecified when none was asked for. */
  public PaymentStatus payment(OrderId orderId) {
    return Optional.ofNullable(payments.get(PaymentId.of(orderId).value()))
        .map(Payment::getStatus)
        .orElse(PaymentStatus.PAYMENT_STATUS_UNSPECIFIED);
  }

  /** Time from the publication of one event to the arrival of a call, in milliseconds. */
  public double millis(Class<? extends DomainEvent> event, String method, OrderId orderId) {
    var arrival = calls(orderId).stream().filter(call -> call.method().equals(method)).findFirst();
    var start = published.get(event.getSimpleName() + orderId.value());
    return (arrival.orElseThrow().nanos() - start) / 1e6;
  }

  /** Publishes an event as if it had been decided here. */
  public void publish(OrderId orderId, DomainEvent event) {
    if (event instanceof OrderPlacedEvent placed) {
      customers.put(orderId, placed.userId());
    }
    published.put(event.getClass().getSimpleName() + orderId.value(), System.nanoTime());
    events.publish(event);
  }

  void called(String method, String subject) {
    calls.add(new Call(method, subject, System.nanoTime()));
  }

  synchronized Payment requestPayment(RequestPaymentRequest request) {
    var order = new OrderId(request.getOrderId());
    var id = PaymentId.of(order);
    var known = payments.get(id.value());
    if (known != null) {
      return known;
    }
    var asked =
        Payment.newBuilder()
            .setPaymentId(id.value())
            .setOrderId(request.getOrderId())
            .setAmount(request.getAmount())
            .setCurrency(request.getCurrency())
            .setStatus(PaymentStatus.PAYMENT_STATUS_REQUESTED);
    var customer = customers.get(order);
    if (customer != null) {
      asked.setUserId(customer.value());
    }
    if (request.hasPaymentMethod()) {
      asked.setPaymentMethod(request.getPaymentMethod());
    }
    var payment = asked.build();
    payments.put(id.value(), payment);
    publish(
        order,
        new PaymentRequestedEvent(
            id,
            order,
            new BigDecimal(request.getAmount()),
            Currency.getInstance(request.getCurrency()),
            request.hasPaymentMethod() ? new PaymentMethod(request.getPaymentMethod()) : null,
            customer,
            Instant.now()));
    return payment;
  }

  synchronized @Nullable Payment find(String paymentId) {
    return payments.get(paymentId);
  }

  synchronized Payment completePayment(String paymentId, boolean success, String reason) {
    return move(
        paymentId,
        PaymentStatus.PAYMENT_STATUS_REQUESTED,
        success ? PaymentStatus.PAYMENT_STATUS_SUCCEEDED : PaymentStatus.PAYMENT_STATUS_FAILED,
        (payment, order) ->
            new PaymentCompletedEvent(
                order,
                new PaymentId(paymentId),
                success ? PaymentOutcome.SUCCESS : PaymentOutcome.FAILED,
                success ? null : reason,
                new BigDecimal(payment.getAmount()),
                Currency.getInstance(payment.getCurrency()),
                Instant.now()));
  }

  synchronized Payment requestRefund(String paymentId) {
    return move(
        paymentId,
        PaymentStatus.PAYMENT_STATUS_SUCCEEDED,
        PaymentStatus.PAYMENT_STATUS_REFUND_REQUESTED,
        (payment, order) ->
            new RefundRequestedEvent(
                new PaymentId(paymentId),
                order,
                new BigDecimal(payment.getAmount()),
                Currency.getInstance(payment.getCurrency()),
                Instant.now()));
  }

  synchronized Payment completeRefund(String paymentId) {
    return move(
        paymentId,
        PaymentStatus.PAYMENT_STATUS_REFUND_REQUESTED,
        PaymentStatus.PAYMENT_STATUS_REFUNDED,
        (payment, order) ->
            new PaymentRefundedEvent(
                new PaymentId(paymentId),
                order,
                new BigDecimal(payment.getAmount()),
                Currency.getInstance(payment.getCurrency()),
                Instant.now()));
  }

  synchronized OrderStatus confirm(String orderId) {
    var order = new OrderId(orderId);
    if (order(order) == OrderStatus.ORDER_STATUS_PENDING) {
      require(payment(order) == PaymentStatus.PAYMENT_STATUS_SUCCEEDED);
      orders.put(orderId, OrderStatus.ORDER_STATUS_CONFIRMED);
      publish(order, new OrderConfirmedEvent(order, Instant.now()));
    }
    if (order(order) == OrderStatus.ORDER_STATUS_CANCELLED) {
      var _ = requestRefund(PaymentId.of(order).value());
    }
    return order(order);
  }

  /** Cancels a pending order. */
  public synchronized OrderStatus cancel(String orderId, CancelReason reason) {
    var order = new OrderId(orderId);
    if (order(order) == OrderStatus.ORDER_STATUS_PENDING) {
      require(
          reason != CancelReason.PAYMENT_FAILED
              || payment(order) == PaymentStatus.PAYMENT_STATUS_FAILED);
      orders.put(orderId, OrderStatus.ORDER_STATUS_CANCELLED);
      publish(order, new OrderCancelledEvent(order, reason, Instant.now()));
    }
    return order(order);
  }

  private static void require(boolean state) {
    if (!state) {
      throw Status.FAILED_PRECONDITION.asRuntimeException();
    }
  }

  private Payment move(String paymentId, PaymentStatus from, PaymentStatus to, EventOf eventOf) {
    var payment = payments.get(paymentId);
    if (payment.getStatus() != from) {
      return payment;
    }
    var moved = payment.toBuilder().setStatus(to).build();
    payments.put(paymentId, moved);
    var order = new OrderId(payment.getOrderId());
    publish(order, eventOf.make(moved, order));
    return moved;
  }

  private interface EventOf {
    DomainEvent make(Payment payment, OrderId orderId);
  }
}
