package dev.orderflow.queryside.testing;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductActivatedEvent;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductDeactivatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.catalog.ProductPriceChangedEvent;
import dev.orderflow.api.inventory.ReservationExpiredEvent;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.ordering.model.OrderHistory;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/** Events as the command side sends them; the later the sequence, the later the time. */
public final class Events {
  public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  public static final Currency VND = Currency.getInstance("VND");

  private Events() {}

  public static Instant at(long second) {
    return START.plusSeconds(second);
  }

  public static SequencedEvent created(String id, long sequence) {
    return named(id, sequence, "Kettle " + id);
  }

  /** A product comes into the catalog under a name. */
  public static SequencedEvent named(String id, long sequence, String name) {
    return new SequencedEvent(
        new ProductCreatedEvent(
            new ProductId(id),
            name,
            "Boils water",
            new BigDecimal("50000.0"),
            VND,
            1,
            true,
            at(sequence)),
        "product-" + id,
        sequence);
  }

  public static SequencedEvent priced(String id, long sequence, String price, long priceVersion) {
    return new SequencedEvent(
        new ProductPriceChangedEvent(
            new ProductId(id), new BigDecimal(price), VND, priceVersion, at(sequence)),
        "product-" + id,
        sequence);
  }

  public static SequencedEvent deactivated(String id, long sequence) {
    return new SequencedEvent(
        new ProductDeactivatedEvent(new ProductId(id), at(sequence)), "product-" + id, sequence);
  }

  public static SequencedEvent activated(String id, long sequence) {
    return new SequencedEvent(
        new ProductActivatedEvent(new ProductId(id), at(sequence)), "product-" + id, sequence);
  }

  /** Stock comes in; {@code available} is what there is then. */
  public static SequencedEvent received(String id, long sequence, long available) {
    return new SequencedEvent(
        new StockReceivedEvent(
            new ProductId(id), new Quantity(1), available, 0, 0, null, at(sequence)),
        "stock-" + id,
        sequence);
  }

  public static SequencedEvent expired(String id, long sequence, long available) {
    return new SequencedEvent(
        new ReservationExpiredEvent(
            new ProductId(id),
            new ReservationId("01910840-1b00-7abc-8def-0123456789ab"),
            new Quantity(1),
            new StockLevels(available, 0, 0),
            at(sequence)),
        "stock-" + id,
        sequence);
  }

  public static OrderId orderId(String user, int number) {
    return OrderId.of(new UserId(user), key(user, number));
  }

  public static IdempotencyKey key(String user, int number) {
    return new IdempotencyKey("%s_20261122100000_%d".formatted(user, number));
  }

  public static SequencedEvent placed(String user, int number) {
    return placed(user, number, at(number));
  }

  public static SequencedEvent placed(String user, int number, Instant when) {
    return placed(user, number, when, "KETTLE");
  }

  /** An order of two pieces of one product. */
  public static SequencedEvent placed(String user, int number, Instant when, String productId) {
    var id = orderId(user, number);
    return new SequencedEvent(
        new OrderPlacedEvent(
            id,
            new UserId(user),
            List.of(
                new OrderItem(
                    new ProductId(productId), new Quantity(2), new BigDecimal("50000.0"))),
            new BigDecimal("100000.0"),
            VND,
            key(user, number),
            new PaymentMethod("pm_card_visa"),
            new RequestFingerprint("abc"),
            when),
        "order-" + id,
        0);
  }

  public static SequencedEvent confirmed(String user, int number, Instant when) {
    var id = orderId(user, number);
    return new SequencedEvent(new OrderConfirmedEvent(id, when), "order-" + id, 1);
  }

  public static SequencedEvent cancelled(String user, int number, Instant when) {
    var id = orderId(user, number);
    return new SequencedEvent(
        new OrderCancelledEvent(id, CancelReason.PAYMENT_FAILED, when), "order-" + id, 1);
  }

  /** The order that a whole history makes. */
  public static Order order(SequencedEvent... history) {
    return OrderHistory.of(Stream.of(history).map(event -> (OrderEvent) event.event()).toList());
  }
}
