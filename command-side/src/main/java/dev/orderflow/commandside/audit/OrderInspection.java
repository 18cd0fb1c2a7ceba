package dev.orderflow.commandside.audit;

import dev.orderflow.api.Money;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReservationExpiredEvent;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One order with its payment and its reservations, or one reservation without an order, in the
 * order of the whole history.
 */
final class OrderInspection implements Inspection {
  private final boolean isOrder;
  private final Findings findings;
  private final Map<String, Reservation> reservations = new TreeMap<>();
  private @Nullable StoredEvent first;
  private @Nullable StoredEvent placed;
  private @Nullable StoredEvent ended;
  private @Nullable StoredEvent requested;
  private @Nullable StoredEvent completed;
  private boolean paid;
  private @Nullable StoredEvent refundRequested;
  private @Nullable StoredEvent refunded;

  /**
   * @param id of the order or the reservation
   */
  OrderInspection(String id, Findings findings) {
    this.isOrder = id.startsWith(OrderId.PREFIX);
    this.findings = findings;
  }

  private enum Fate {
    HELD,
    SOLD,
    GIVEN_BACK
  }

  private record Reservation(StoredEvent made, long pieces, Fate fate) {}

  @Override
  public void see(StoredEvent event) {
    if (first == null) {
      first = event;
    }
    switch (event.event()) {
      case OrderEvent order -> order(event, order);
      case PaymentEvent payment -> payment(event, payment);
      case InventoryUpdatedEvent movement -> movement(event, movement);
      default -> throw new IllegalArgumentException("not about an order: " + event);
    }
  }

  private void order(StoredEvent event, OrderEvent order) {
    switch (order) {
      case OrderPlacedEvent placing -> {
        if (placed != null) {
          findings.broken(HistoryRule.ORDERS, event, "placed again after " + placed);
        }
        placed = event;
        if (total(placing).compareTo(placing.totalAmount()) != 0) {
          findings.broken(
              HistoryRule.ORDERS,
              event,
              "its total is %s, that of its items %s"
                  .formatted(placing.totalAmount(), total(placing)));
        }
        var id = OrderId.of(placing.userId(), placing.version());
        if (!placing.orderId().equals(id)) {
          findings.broken(
              HistoryRule.IDEMPOTENCY, event, "from its user and its key follows " + id);
        }
      }
      case OrderConfirmedEvent _ -> {
        end(event);
        if (!paid) {
          findings.broken(HistoryRule.MONEY, event, "confirmed without a payment");
        }
      }
      case OrderCancelledEvent _ -> end(event);
    }
  }

  private static BigDecimal total(OrderPlacedEvent order) {
    return order.items().stream()
        .map(item -> item.price().multiply(BigDecimal.valueOf(item.quantity().value())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void end(StoredEvent event) {
    if (placed == null) {
      findings.broken(HistoryRule.ORDERS, event, "it ends before it was placed");
    }
    if (ended != null) {
      findings.broken(HistoryRule.ORDERS, event, "ended before by " + ended);
    }
    ended = event;
  }

  private void payment(StoredEvent event, PaymentEvent payment) {
    switch (payment) {
      case PaymentRequestedEvent request -> {
        requested = once(requested, event);
        paysWhatWasOrdered(event, new Money(request.amount(), request.currency()));
      }
      case PaymentCompletedEvent completion -> {
        completed = once(completed, event);
        paid = completion.status() == PaymentOutcome.SUCCESS;
        after(requested, event, "it was not requested");
        paysWhatWasOrdered(event, new Money(completion.amount(), completion.currency()));
      }
      case RefundRequestedEvent request -> {
        refundRequested = once(refundRequested, event);
        if (!paid) {
          findings.broken(HistoryRule.MONEY, event, "there is no money to give back");
        }
        paysWhatWasOrdered(event, new Money(request.amount(), request.currency()));
      }
      case PaymentRefundedEvent refund -> {
        refunded = once(refunded, event);
        after(refundRequested, event, "it was not to be given back");
        paysWhatWasOrdered(event, new Money(refund.amount(), refund.currency()));
      }
    }
  }

  private StoredEvent once(@Nullable StoredEvent before, StoredEvent event) {
    if (before != null) {
      findings.broken(HistoryRule.MONEY, event, "it happened before: " + before);
    }
    return event;
  }

  private void after(@Nullable StoredEvent cause, StoredEvent event, String otherwise) {
    if (cause == null) {
      findings.broken(HistoryRule.MONEY, event, otherwise);
    }
  }

  private void paysWhatWasOrdered(StoredEvent event, Money amount) {
    if (placed == null || !(placed.event() instanceof OrderPlacedEvent order)) {
      findings.broken(HistoryRule.MONEY, event, "no order was placed before");
      return;
    }
    var total = new Money(order.totalAmount(), order.currency());
    if (!total.equals(amount)) {
      findings.broken(
          HistoryRule.MONEY,
          event,
          "it is about %s %s, the order about %s"
              .formatted(amount.amount(), amount.currency(), total.amount()));
    }
  }

  private void movement(StoredEvent event, InventoryUpdatedEvent movement) {
    var product = movement.productId().value();
    var pieces = movement.quantity().value();
    switch (movement) {
      case StockReservedEvent _ -> {
        var before = reservations.put(product, new Reservation(event, pieces, Fate.HELD));
        if (before != null) {
          findings.broken(HistoryRule.RESERVATIONS, event, "made before by " + before.made());
        }
      }
      case StockCommittedEvent _ -> ended(event, product, pieces, Fate.SOLD);
      case StockReleasedEvent _ -> ended(event, product, pieces, Fate.GIVEN_BACK);
      case ReservationExpiredEvent _ -> ended(event, product, pieces, Fate.GIVEN_BACK);
      case StockReceivedEvent _ ->
          throw new IllegalArgumentException("not about a reservation: " + event);
    }
  }

  private void ended(StoredEvent event, String product, long pieces, Fate fate) {
    var before = reservations.get(product);
    if (before == null) {
      findings.broken(HistoryRule.RESERVATIONS, event, "it was never made");
      return;
    }
    if (before.fate() != Fate.HELD) {
      findings.broken(HistoryRule.RESERVATIONS, event, "it had ended before");
    }
    if (before.pieces() != pieces) {
      findings.broken(
          HistoryRule.RESERVATIONS,
          event,
          "%d pieces, of the %d that were held".formatted(pieces, before.pieces()));
    }
    reservations.put(product, new Reservation(before.made(), before.pieces(), fate));
  }

  @Override
  public void end() {
    if (!isOrder) {
      held().forEach(held -> findings.underWay("reservations without an order", held.made()));
    } else if (placed == null || !(placed.event() instanceof OrderPlacedEvent order)) {
      if (first != null) {
        findings.broken(HistoryRule.ORDERS, first, "no order was placed");
      }
    } else {
      holdsWhatWasOrdered(placed, order);
      endedAsAWhole(placed);
    }
  }

  private Iterable<Reservation> held() {
    return reservations.values().stream().filter(one -> one.fate() == Fate.HELD).toList();
  }

  private void holdsWhatWasOrdered(StoredEvent placing, OrderPlacedEvent order) {
    var ordered = new HashMap<String, Long>();
    order
        .items()
        .forEach(item ->
            ordered.merge(item.productId().value(), (long) item.quantity().value(), Long::sum));
    ordered.forEach((product, pieces) -> {
      var reservation = reservations.get(product);
      if (reservation == null || reservation.pieces() != pieces) {
        findings.broken(
            HistoryRule.ORDER_STOCK,
            placing,
            "%d of %s were ordered, and %d held"
                .formatted(pieces, product, reservation == null ? 0 : reservation.pieces()));
      }
    });
    reservations.forEach((product, reservation) -> {
      if (!ordered.containsKey(product)) {
        findings.broken(
            HistoryRule.ORDER_STOCK, reservation.made(), "the order is not of this product");
      }
    });
  }

  private void endedAsAWhole(StoredEvent placing) {
    if (ended == null) {
      findings.underWay("orders", placing);
      requireFate(placing, Fate.HELD, "the order is pending");
    } else if (ended.event() instanceof OrderConfirmedEvent) {
      requireFate(ended, Fate.SOLD, "the order is confirmed");
      if (refundRequested != null) {
        findings.broken(HistoryRule.MONEY, refundRequested, "the order is confirmed");
      }
    } else {
      requireFate(ended, Fate.GIVEN_BACK, "the order is cancelled");
      if (requested != null && completed == null) {
        findings.underWay("payments of cancelled orders", requested);
      } else if (completed != null && paid && refunded == null) {
        findings.underWay("refunds", completed);
      }
    }
  }

  /** What is still held when the order has ended is under way. */
  private void requireFate(StoredEvent cause, Fate fate, String why) {
    reservations.forEach((product, reservation) -> {
      if (reservation.fate() == Fate.HELD && fate != Fate.HELD) {
        findings.underWay("reservations of orders that have ended", cause);
      } else if (reservation.fate() != fate) {
        findings.broken(
            HistoryRule.ORDER_STOCK,
            reservation.made(),
            "%s, and the pieces of %s are %s"
                .formatted(why, product, reservation.fate() == Fate.SOLD ? "sold" : "given back"));
      }
    });
  }
}
