package dev.orderflow.commandside.ordering.grpc;

import com.google.protobuf.Timestamp;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.commandside.ordering.model.OrderState;
import dev.orderflow.proto.ordering.v1.CancelReason;
import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Orders as gRPC shows them. */
public final class OrderMessages {
  private OrderMessages() {}

  /** How an order stands. */
  public static Order order(OrderState state) {
    var order =
        Order.newBuilder()
            .setOrderId(state.orderId().value())
            .setUserId(state.userId().value())
            .setStatus(
                switch (state.status()) {
                  case PENDING -> OrderStatus.ORDER_STATUS_PENDING;
                  case CONFIRMED -> OrderStatus.ORDER_STATUS_CONFIRMED;
                  case CANCELLED -> OrderStatus.ORDER_STATUS_CANCELLED;
                })
            .setTotalAmount(state.total().amount().toPlainString())
            .setCurrency(state.total().currency().getCurrencyCode())
            .setVersion(state.version().value())
            .setRevision(state.revision())
            .setCreatedAt(timestamp(state.createdAt()))
            .setUpdatedAt(timestamp(state.updatedAt()));
    for (var item : state.items()) {
      order
          .addItemsBuilder()
          .setProductId(item.productId().value())
          .setQuantity(item.quantity().value())
          .setPrice(item.price().toPlainString());
    }
    if (state.cancelReason() != null) {
      order.setCancelReason(
          switch (state.cancelReason()) {
            case CUSTOMER_REQUEST -> CancelReason.CANCEL_REASON_CUSTOMER_REQUEST;
            case PAYMENT_FAILED -> CancelReason.CANCEL_REASON_PAYMENT_FAILED;
            case PAYMENT_TIMEOUT -> CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT;
          });
    }
    if (state.paymentMethod() != null) {
      order.setPaymentMethod(state.paymentMethod().value());
    }
    return order.build();
  }

  /**
   * Why an order is to be cancelled; null when the message does not say.
   *
   * @throws InvalidValueException when it says what this version does not know
   */
  public static dev.orderflow.api.ordering.@Nullable CancelReason reason(CancelReason reason) {
    return switch (reason) {
      case CANCEL_REASON_CUSTOMER_REQUEST ->
          dev.orderflow.api.ordering.CancelReason.CUSTOMER_REQUEST;
      case CANCEL_REASON_PAYMENT_FAILED -> dev.orderflow.api.ordering.CancelReason.PAYMENT_FAILED;
      case CANCEL_REASON_PAYMENT_TIMEOUT -> dev.orderflow.api.ordering.CancelReason.PAYMENT_TIMEOUT;
      case CANCEL_REASON_UNSPECIFIED -> null;
      case UNRECOGNIZED ->
          throw new InvalidValueException(
              "reason", "must be a reason that this version knows; leave it unspecified otherwise");
    };
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
