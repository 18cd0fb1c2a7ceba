package dev.orderflow.queryside.ordering.grpc;

import com.google.protobuf.Timestamp;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Money;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.queryside.ordering.model.Order;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Orders as messages, both ways. */
final class OrderMessages {
  private OrderMessages() {}

  static dev.orderflow.proto.ordering.v1.Order write(Order order) {
    var message =
        dev.orderflow.proto.ordering.v1.Order.newBuilder()
            .setOrderId(order.orderId().value())
            .setUserId(order.userId().value())
            .setStatus(write(order.status()))
            .setTotalAmount(order.total().amount().toPlainString())
            .setCurrency(order.total().currency().getCurrencyCode())
            .setVersion(order.version().value())
            .setRevision(order.revision())
            .setCreatedAt(write(order.createdAt()))
            .setUpdatedAt(write(order.updatedAt()))
            .setCancelReason(write(order.cancelReason()));
    for (var item : order.items()) {
      message
          .addItemsBuilder()
          .setProductId(item.productId().value())
          .setQuantity(item.quantity().value())
          .setPrice(item.price().toPlainString());
    }
    if (order.paymentMethod() != null) {
      message.setPaymentMethod(order.paymentMethod().value());
    }
    return message.build();
  }

  /**
   * Reads what the command side has written.
   *
   * @throws IllegalStateException when it is malformed: a bug of ours, not of the caller
   */
  static Order read(dev.orderflow.proto.ordering.v1.Order message) {
    try {
      return new Order(
          new OrderId(message.getOrderId()),
          new UserId(message.getUserId()),
          message.getItemsList().stream().map(OrderMessages::read).toList(),
          new Money(
              new BigDecimal(message.getTotalAmount()), Money.currency(message.getCurrency())),
          new IdempotencyKey(message.getVersion()),
          message.hasPaymentMethod() ? new PaymentMethod(message.getPaymentMethod()) : null,
          read(message.getStatus()),
          read(message.getCancelReason()),
          read(message.getCreatedAt()),
          read(message.getUpdatedAt()),
          message.getRevision());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the command side sent a malformed order", e);
    }
  }

  private static OrderItem read(dev.orderflow.proto.ordering.v1.OrderItem item) {
    return new OrderItem(
        new ProductId(item.getProductId()),
        new Quantity(item.getQuantity()),
        new BigDecimal(item.getPrice()));
  }

  private static dev.orderflow.proto.ordering.v1.OrderStatus write(OrderStatus status) {
    return switch (status) {
      case PENDING -> dev.orderflow.proto.ordering.v1.OrderStatus.ORDER_STATUS_PENDING;
      case CONFIRMED -> dev.orderflow.proto.ordering.v1.OrderStatus.ORDER_STATUS_CONFIRMED;
      case CANCELLED -> dev.orderflow.proto.ordering.v1.OrderStatus.ORDER_STATUS_CANCELLED;
    };
  }

  /**
   * @throws InvalidValueException when it is none that an order can have
   */
  static OrderStatus read(dev.orderflow.proto.ordering.v1.OrderStatus status) {
    return switch (status) {
      case ORDER_STATUS_PENDING -> OrderStatus.PENDING;
      case ORDER_STATUS_CONFIRMED -> OrderStatus.CONFIRMED;
      case ORDER_STATUS_CANCELLED -> OrderStatus.CANCELLED;
      case ORDER_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidValueException("status", "must be one of OrderStatus");
    };
  }

  private static dev.orderflow.proto.ordering.v1.CancelReason write(@Nullable CancelReason reason) {
    return switch (reason) {
      case null -> dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_UNSPECIFIED;
      case CUSTOMER_REQUEST ->
          dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_CUSTOMER_REQUEST;
      case PAYMENT_FAILED ->
          dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_PAYMENT_FAILED;
      case PAYMENT_TIMEOUT ->
          dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT;
    };
  }

  private static @Nullable CancelReason read(dev.orderflow.proto.ordering.v1.CancelReason reason) {
    return switch (reason) {
      case CANCEL_REASON_UNSPECIFIED -> null;
      case CANCEL_REASON_CUSTOMER_REQUEST -> CancelReason.CUSTOMER_REQUEST;
      case CANCEL_REASON_PAYMENT_FAILED -> CancelReason.PAYMENT_FAILED;
      case CANCEL_REASON_PAYMENT_TIMEOUT -> CancelReason.PAYMENT_TIMEOUT;
      case UNRECOGNIZED ->
          throw new IllegalArgumentException("an order cannot be cancelled for " + reason);
    };
  }

  private static Timestamp write(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static Instant read(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
