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
 * Carries one order to its end: paid and confirmed, or cancelled and refunded. Confirming sells the
 * stock of an order, and cancelling releases it. The saga lives until the money is settled, too,
 * but waits for that no longer than for the payment.
 *
 * <p>It decides on what it hears and writes down what is to be done; it makes no calls. Every event
 * may come again, and events of different topics may come in any order: an event that does not fit
 * the stage changes nothing. The order decides a race between confirming and cancelling; the saga
 * follows the event that comes.
 *
 * <p>A forged event makes it send a command that the command side refuses; then it takes the event
 * back. A command that ends an order and is not refused has ended it. So the saga ends only with or
 * after such a command: no event alone, and no two that contradict each other, can end it before
 * its order.
 */
public final class OrderSaga {
  /** Null until the saga has heard that the order was placed. */
  private @Nullable OrderId orderId;

  /**
   * The products whose stock the saga has to settle itself: of an order of an earlier release,
   * where confirming and cancelling did not do so.
   */
  private List<ProductId> products = List.of();

  private Stage stage = Stage.WAITING_FOR_PAYMENT;

  @StartSaga
  @SagaEventHandler(associationProperty = "orderId")
  void on(OrderPlacedEvent event, OrderDecisions decisions) {
    if (orderId != null) {
      return;
    }
    orderId = event.orderId();
    if (decisions.mustSettleStock(event.timestamp())) {
      // Lines of the same product share one reservation.
      products = event.items().stream().map(OrderItem::productId).distinct().toList();
    }
    decisions.send(
        new RequestPayment(
            event.orderId(),
            new Money(event.totalAmount(), event.currency()),
            event.paymentMethod()));
    decisions.startPaymentDeadline(event.orderId(), event.timestamp());
  }

  /**
   * It may be heard before the order: when the payment was requested, and the saga could not be
   * written any more. Then the outcome is enough to go on. If the event is forged, the payment is
   * requested when the order is heard of.
   */
  @StartSaga
  @SagaEventHandler(associationProperty = "orderId")
  void on(PaymentCompletedEvent event, OrderDecisions decisions) {
    switch (event.status()) {
      case SUCCESS -> paid(event, decisions);
      case FAILED -> declined(event, decisions);
    }
  }

  /**
   * It may be true where an earlier one was forged, whose confirmation is still to be refused. So
   * the confirmation is sent every time.
   */
  private void paid(PaymentCompletedEvent event, OrderDecisions decisions) {
    // If the order is cancelled, the command side answers this with the refund.
    decisions.send(new ConfirmOrder(event.orderId()));
    switch (stage) {
      case WAITING_FOR_PAYMENT, CONFIRMING_PAID_ORDER, CANCELLING_OVERDUE_ORDER ->
          stage = Stage.CONFIRMING_PAID_ORDER;
      case CONFIRMED_WAITING_FOR_PAYMENT -> confirmed(event.orderId(), decisions);
      case CANCELLED_WAITING_FOR_PAYMENT, CANCELLED_REFUNDING -> stage = Stage.CANCELLED_REFUNDING;
      case CANCELLING_UNPAID_ORDER, ENDING_DISPUTED_ORDER -> stage = Stage.ENDING_DISPUTED_ORDER;
    }
  }

  private void declined(PaymentCompletedEvent event, OrderDecisions decisions) {
    switch (stage) {
      case WAITING_FOR_PAYMENT -> {
        decisions.send(new CancelOrder(event.orderId(), CancelReason.PAYMENT_FAILED));
        stage = Stage.CANCELLING_UNPAID_ORDER;
      }
      case CONFIRMING_PAID_ORDER -> {
        decisions.send(new CancelOrder(event.orderId(), CancelReason.PAYMENT_FAILED));
        stage = Stage.ENDING_DISPUTED_ORDER;
      }
      case CONFIRMED_WAITING_FOR_PAYMENT, CANCELLED_WAITING_FOR_PAYMENT -> {
        decisions.send(new CancelOrder(event.orderId(), CancelReason.PAYMENT_FAILED));
        end(event.orderId(), decisions);
      }
      case CANCELLED_REFUNDING -> end(event.orderId(), decisions);
      case CANCELLING_OVERDUE_ORDER -> stage = Stage.CANCELLING_UNPAID_ORDER;
      case CANCELLING_UNPAID_ORDER, ENDING_DISPUTED_ORDER -> {}
    }
  }

  /**
   * After cancelling, the saga waits as long again for money that may still come. Money that comes
   * later is refunded without it. A confirmation of which nothing was heard is sent again.
   */
  @SagaEventHandler(associationProperty = "orderId")
  void on(PaymentDeadlinePassed event, OrderDecisions decisions) {
    switch (stage) {
      case WAITING_FOR_PAYMENT -> {
        decisions.send(new CancelOrder(event.orderId(), CancelReason.PAYMENT_TIMEOUT));
        decisions.keepPaymentDeadline(event.orderId(), event.timestamp());
        stage = Stage.CANCELLING_OVERDUE_ORDER;
      }
      case CONFIRMED_WAITING_FOR_PAYMENT,
          CANCELLED_WAITING_FOR_PAYMENT,
          CANCELLING_UNPAID_ORDER,
          CANCELLING_OVERDUE_ORDER,
          ENDING_DISPUTED_ORDER -> {
        decisions.send(new CancelOrder(event.orderId(), CancelReason.PAYMENT_TIMEOUT));
        end(event.orderId(), decisions);
      }
      case CANCELLED_REFUNDING -> end(event.orderId(), decisions);
      case CONFIRMING_PAID_ORDER -> {
        decisions.send(new ConfirmOrder(event.orderId()));
        decisions.keepPaymentDeadline(event.orderId(), event.timestamp());
      }
    }
  }

  /**
   * An order that this saga has not had confirmed is confirmed only if it was paid, and then the
   * saga hears of the payment, too. Before it ends, it sends the command that the payment demands.
   * When the order is said to be cancelled as well, a command to the order decides.
   */
  @SagaEventHandler(associationProperty = "orderId")
  void on(OrderConfirmedEvent event, OrderDecisions decisions) {
    switch (stage) {
      case WAITING_FOR_PAYMENT, CONFIRMED_WAITING_FOR_PAYMENT ->
          stage = Stage.CONFIRMED_WAITING_FOR_PAYMENT;
      case CONFIRMING_PAID_ORDER,
          CANCELLING_UNPAID_ORDER,
          ENDING_DISPUTED_ORDER,
          CANCELLING_OVERDUE_ORDER,
          CANCELLED_REFUNDING ->
          confirmed(event.orderId(), decisions);
      case CANCELLED_WAITING_FOR_PAYMENT -> {
        decisions.send(new ConfirmOrder(event.orderId()));
        confirmed(event.orderId(), decisions);
      }
    }
  }

  private void confirmed(OrderId confirmed, OrderDecisions decisions) {
    var reservation = ReservationId.of(confirmed);
    products.forEach(product -> decisions.send(new CommitStock(product, reservation)));
    end(confirmed, decisions);
  }

  @SagaEventHandler(associationProperty = "orderId")
  void on(OrderCancelledEvent event, OrderDecisions decisions) {
    switch (stage) {
      case WAITING_FOR_PAYMENT, CANCELLING_OVERDUE_ORDER -> {
        release(event, decisions);
        decisions.keepPaymentDeadline(event.orderId(), event.timestamp());
        stage = Stage.CANCELLED_WAITING_FOR_PAYMENT;
      }
      case CONFIRMING_PAID_ORDER -> {
        release(event, decisions);
        decisions.keepPaymentDeadline(event.orderId(), event.timestamp());
        decisions.send(new RequestRefund(PaymentId.of(event.orderId())));
        stage = Stage.CANCELLED_REFUNDING;
      }
      case CANCELLING_UNPAID_ORDER, ENDING_DISPUTED_ORDER -> {
        release(event, decisions);
        end(event.orderId(), decisions);
      }
      case CONFIRMED_WAITING_FOR_PAYMENT, CANCELLED_WAITING_FOR_PAYMENT, CANCELLED_REFUNDING -> {}
    }
  }

  private void release(OrderCancelledEvent event, OrderDecisions decisions) {
    var reservation = ReservationId.of(event.orderId());
    products.forEach(product -> decisions.send(new ReleaseStock(product, reservation)));
  }

  private static void end(OrderId settled, OrderDecisions decisions) {
    decisions.stopPaymentDeadline(settled);
    SagaLifecycle.end();
  }

  /**
   * Only the money of a cancelled order is refunded, even when the cancellation, or the order
   * itself, is heard later. An order that has ended answers the confirmation with its state.
   */
  @StartSaga
  @SagaEventHandler(associationProperty = "orderId")
  void on(PaymentRefundedEvent event, OrderDecisions decisions) {
    switch (stage) {
      case CANCELLED_WAITING_FOR_PAYMENT -> {
        decisions.send(new ConfirmOrder(event.orderId()));
        end(event.orderId(), decisions);
      }
      case CANCELLED_REFUNDING -> end(event.orderId(), decisions);
      case WAITING_FOR_PAYMENT -> {
        decisions.send(new ConfirmOrder(event.orderId()));
        decisions.keepPaymentDeadline(event.orderId(), event.timestamp());
        stage = Stage.CANCELLING_UNPAID_ORDER;
      }
      case CANCELLING_OVERDUE_ORDER -> stage = Stage.CANCELLING_UNPAID_ORDER;
      case CONFIRMING_PAID_ORDER -> stage = Stage.ENDING_DISPUTED_ORDER;
      case CONFIRMED_WAITING_FOR_PAYMENT, CANCELLING_UNPAID_ORDER, ENDING_DISPUTED_ORDER -> {}
    }
  }

  /**
   * The event was forged: the saga waits for the payment as before, until the deadline at the
   * latest. When the order does not exist, it forgets it.
   */
  @SagaEventHandler(associationProperty = "orderId")
  void on(CommandRefused event, OrderDecisions decisions) {
    stage = Stage.WAITING_FOR_PAYMENT;
    if (event.exists()) {
      decisions.keepPaymentDeadline(event.orderId(), event.timestamp());
    } else {
      orderId = null;
      decisions.stopPaymentDeadline(event.orderId());
    }
  }
}
