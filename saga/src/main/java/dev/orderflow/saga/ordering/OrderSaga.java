package dev.orderflow.saga.ordering;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import java.util.List;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;

/**
 * Leads one order to its end: paid and confirmed with its stock sold, or cancelled with its stock
 * and its money given back. It lives until both are settled.
 *
 * <p>It decides on what it hears and writes down what is to be done; it calls nobody. Every event
 * may come again, and events of different topics may come in any order: what does not fit the stage
 * any more changes nothing. Who wins a race between confirming and cancelling is decided by the
 * order; the saga follows whichever event comes.
 */
public final class OrderSaga {
  private @Nullable OrderId orderId;
  private List<ProductId> products = List.of();
  private Stage stage = Stage.WAITING_FOR_PAYMENT;

  @StartSaga
  @SagaEventHandler(associationProperty = "orderId")
  void on(OrderPlacedEvent event, OrderTasks tasks, StartedSagas startedSagas) {
    if (orderId != null) {
      return;
    }
    if (!startedSagas.add(event.orderId())) {
      SagaLifecycle.end();
      return;
    }
    orderId = event.orderId();
    // Lines of the same product share one reservation.
    products = event.items().stream().map(OrderItem::productId).distinct().toList();
    tasks.send(
        new RequestPayment(
            event.orderId(),
            new Money(event.totalAmount(), event.currency()),
            event.paymentMethod()));
    tasks.startPaymentDeadline(event.orderId(), event.timestamp());
  }

  @SagaEventHandler(associationProperty = "orderId")
  void on(PaymentCompletedEvent event, OrderTasks tasks) {
    switch (event.status()) {
      case SUCCESS -> paid(event, tasks);
      case FAILED -> declined(event, tasks);
    }
  }

  private void paid(PaymentCompletedEvent event, OrderTasks tasks) {
    switch (stage) {
      case WAITING_FOR_PAYMENT, CANCELLING_OVERDUE_ORDER -> {
        tasks.send(new ConfirmOrder(event.orderId()));
        stage = Stage.CONFIRMING_PAID_ORDER;
      }
      case CANCELLED_WAITING_FOR_PAYMENT -> {
        tasks.send(new RequestRefund(event.paymentId()));
        stage = Stage.CANCELLED_REFUNDING;
      }
      case CONFIRMING_PAID_ORDER, CANCELLING_UNPAID_ORDER, CANCELLED_REFUNDING -> {}
    }
  }

  private void declined(PaymentCompletedEvent event, OrderTasks tasks) {
    switch (stage) {
      case WAITING_FOR_PAYMENT -> {
        tasks.send(new CancelOrder(event.orderId(), CancelReason.PAYMENT_FAILED));
        stage = Stage.CANCELLING_UNPAID_ORDER;
      }
      case CANCELLING_OVERDUE_ORDER -> stage = Stage.CANCELLING_UNPAID_ORDER;
      case CANCELLED_WAITING_FOR_PAYMENT -> SagaLifecycle.end();
      case CONFIRMING_PAID_ORDER, CANCELLING_UNPAID_ORDER, CANCELLED_REFUNDING -> {}
    }
  }

  @SagaEventHandler(associationProperty = "orderId")
  void on(PaymentDeadlinePassed event, OrderTasks tasks) {
    if (stage == Stage.WAITING_FOR_PAYMENT) {
      tasks.send(new CancelOrder(event.orderId(), CancelReason.PAYMENT_TIMEOUT));
      stage = Stage.CANCELLING_OVERDUE_ORDER;
    }
  }

  @SagaEventHandler(associationProperty = "orderId")
  void on(OrderConfirmedEvent event, OrderTasks tasks) {
    var reservation = ReservationId.of(event.orderId());
    products.forEach(product -> tasks.send(new CommitStock(product, reservation)));
    tasks.cancelPaymentDeadline(event.orderId());
    SagaLifecycle.end();
  }

  @SagaEventHandler(associationProperty = "orderId")
  void on(OrderCancelledEvent event, OrderTasks tasks) {
    switch (stage) {
      case WAITING_FOR_PAYMENT, CANCELLING_OVERDUE_ORDER -> {
        release(event, tasks);
        stage = Stage.CANCELLED_WAITING_FOR_PAYMENT;
      }
      case CONFIRMING_PAID_ORDER -> {
        release(event, tasks);
        tasks.send(new RequestRefund(PaymentId.of(event.orderId())));
        stage = Stage.CANCELLED_REFUNDING;
      }
      case CANCELLING_UNPAID_ORDER -> {
        release(event, tasks);
        SagaLifecycle.end();
      }
      case CANCELLED_WAITING_FOR_PAYMENT, CANCELLED_REFUNDING -> {}
    }
  }

  private void release(OrderCancelledEvent event, OrderTasks tasks) {
    var reservation = ReservationId.of(event.orderId());
    products.forEach(product -> tasks.send(new ReleaseStock(product, reservation)));
    tasks.cancelPaymentDeadline(event.orderId());
  }

  /**
   * Only the money of a cancelled order is given back, even when its cancellation is heard later.
   */
  @SagaEventHandler(associationProperty = "orderId")
  void on(PaymentRefundedEvent event) {
    switch (stage) {
      case CANCELLED_WAITING_FOR_PAYMENT, CANCELLED_REFUNDING -> SagaLifecycle.end();
      case WAITING_FOR_PAYMENT,
          CONFIRMING_PAID_ORDER,
          CANCELLING_UNPAID_ORDER,
          CANCELLING_OVERDUE_ORDER ->
          stage = Stage.CANCELLING_UNPAID_ORDER;
    }
  }
}
