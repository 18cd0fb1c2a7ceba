package dev.orderflow.api.topic;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentEvent;
import java.util.List;

/**
 * A topic. Every event goes to exactly one, under the key that its readers order by.
 *
 * @param topicName its name on Kafka
 */
public record EventTopic(String topicName) {
  /** The kinds of {@link ProductUpdatedEvent}, by product id. */
  public static final EventTopic PRODUCTS = new EventTopic("products");

  /** The kinds of {@link InventoryUpdatedEvent}, by product id. */
  public static final EventTopic INVENTORY = new EventTopic("inventory");

  /** The kinds of {@link OrderEvent}, by order id. */
  public static final EventTopic ORDERS = new EventTopic("orders");

  /** Requests and refunds of payments, by order id. */
  public static final EventTopic PAYMENTS = new EventTopic("payments");

  /** {@link PaymentCompletedEvent}, by order id. */
  public static final EventTopic PAYMENT_OUTCOMES = new EventTopic("payment-outcomes");

  /** Those above. */
  public static final List<EventTopic> ALL =
      List.of(PRODUCTS, INVENTORY, ORDERS, PAYMENTS, PAYMENT_OUTCOMES);

  /**
   * The same for all topics, so that everything about one order lies in partitions of one number.
   * Fixed for ever: another count would send old and new events of one key to different partitions.
   */
  public static final int PARTITIONS = 8;

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
      case ProductUpdatedEvent product -> product.productId().value();
      case InventoryUpdatedEvent stock -> stock.productId().value();
      case OrderEvent order -> order.orderId().value();
      case PaymentEvent payment -> payment.orderId().value();
      default -> throw new IllegalArgumentException("no key for " + event.getClass());
    };
  }

  @Override
  public String toString() {
    return topicName;
  }
}
