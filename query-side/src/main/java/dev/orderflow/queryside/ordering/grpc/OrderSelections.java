package dev.orderflow.queryside.ordering.grpc;

import com.google.protobuf.Timestamp;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.proto.ordering.v1.ListAllOrdersRequest;
import dev.orderflow.proto.ordering.v1.ListOrdersRequest;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.queryside.ordering.model.OrderSelection;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selections of orders as requests say them; names every field that breaks its rule:
 * InvalidRequestException.
 */
final class OrderSelections {
  private static final int MAX_NANOS = 999_999_999;

  private OrderSelections() {}

  static OrderSelection of(ListOrdersRequest request) {
    var check = new RequestCheck();
    var status = status(check, request.getStatus());
    var from = time(check, "placedFrom", request.hasPlacedFrom() ? request.getPlacedFrom() : null);
    var to = time(check, "placedTo", request.hasPlacedTo() ? request.getPlacedTo() : null);
    return check.orThrow(() -> new OrderSelection(null, null, null, status, from, to));
  }

  static OrderSelection of(ListAllOrdersRequest request) {
    var check = new RequestCheck();
    var orderId = check.optional("orderId", request.getOrderId(), OrderId::new);
    var userId = check.optional("userId", request.getUserId(), UserId::new);
    var productId = check.optional("productId", request.getProductId(), ProductId::new);
    var status = status(check, request.getStatus());
    var from = time(check, "placedFrom", request.hasPlacedFrom() ? request.getPlacedFrom() : null);
    var to = time(check, "placedTo", request.hasPlacedTo() ? request.getPlacedTo() : null);
    return check.orThrow(() -> new OrderSelection(orderId, userId, productId, status, from, to));
  }

  private static dev.orderflow.api.ordering.@Nullable OrderStatus status(
      RequestCheck check, OrderStatus status) {
    return check.optional(
        "status",
        status == OrderStatus.ORDER_STATUS_UNSPECIFIED ? null : status,
        OrderMessages::read);
  }

  private static @Nullable Instant time(
      RequestCheck check, String field, @Nullable Timestamp timestamp) {
    return check.optional(
        field,
        timestamp,
        time -> {
          try {
            if (time.getNanos() >= 0 && time.getNanos() <= MAX_NANOS) {
              return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
            }
          } catch (DateTimeException | ArithmeticException _) {
            // Refused below.
          }
          throw new InvalidValueException(field, "must be a valid Timestamp");
        });
  }
}
