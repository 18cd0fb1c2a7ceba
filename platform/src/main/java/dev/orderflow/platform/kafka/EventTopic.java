package dev.orderflow.platform.kafka;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentEvent;

/** The topics. Every event goes to exactly one, under the key that its readers order by. */
public enum EventTopic {
  /** The kinds of {@link ProductUpdatedEvent}, by product id. */
  PRODUCTS("products"),
  /** The kinds of {@link InventoryUpdatedEvent}, by product id. */
  INVENTORY("inventory"),
  /** The kinds of {@link OrderEvent}, by order id. */
  ORDERS("orders"),
  /** Requests and refunds of payments, by order id. */
  PAYMENTS("payments"),
  /** {@link PaymentCompletedEvent}, by order id. */
  PAYMENT_OUTCOMES("payment-outcomes");

  /**
   * The same for all topics, so that everything about one order lies in partitions of one number.
   * Fixed for ever: another count would send old and new events of one key to different partitions.
   */
  public static final int PARTITIONS = 8;

  private final String topicName;

  EventTopic(String topicName) {
    this.topicName = topicName;
  }

  /** Its name on Kafka. */
  public String topicName() {
    return topicName;
  }

  /**
   * The topic of an event.
   *
   * @throws IllegalArgumentException when the event belongs to no context
   */
  public static EventTopic of(DomainEvent event) {
    return switch (event) {
      case ProductUpdatedEvent _ -> PRODUCTS;
      case InventoryUpdatedEvent _ -> INVENTORY;
      case OrderEvent _ -> ORDERS;
      case PaymentCompletedEvent _ -> PAYMENT_OUTCOMES;
      case PaymentEvent _ -> PAYMENTS;
      default -> throw new IllegalArgumentException("no topic for " + event.getClass());
    };
  }

  /**
   * The key of an event: its aggregate's id; for payments the order's.
   *
   * @throws IllegalArgumentException when the event belongs to no context
   */
  public static String keyOf(DomainEvent event) {
    return switch (event) {
      case PaymentEvent payment -> payment.orderId().value();
      default -> subjectOf(event);
    };
  }

  /** The id of the aggregate that the event is about. */
  static String subjectOf(DomainEvent event) {
    return switch (event) {
      case ProductUpdatedEvent product -> product.productId().value();
      case InventoryUpdatedEvent stock -> stock.productId().value();
      case OrderEvent order -> order.orderId().value();
      case PaymentEvent payment -> payment.paymentId().value();
      default -> throw new IllegalArgumentException("no subject for " + event.getClass());
    };
  }
}
