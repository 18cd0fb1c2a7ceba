package dev.orderflow.commandside.ordering.rest;

import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.ordering.application.OrderService;
import dev.orderflow.commandside.ordering.application.PlaceOrderRequest;
import dev.orderflow.commandside.ordering.application.PlacementService;
import dev.orderflow.commandside.ordering.model.OrderState;
import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.consistency.ConsistencyToken;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.Problems;
import dev.orderflow.platform.idempotency.IdempotencyHeaders;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.platform.openapi.Requires;
import dev.orderflow.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {
  private static final int UNPROCESSABLE = 422;

  private final PlacementService placement;
  private final OrderService orders;

  OrderController(PlacementService placement, OrderService orders) {
    this.placement = placement;
    this.orders = orders;
  }

  @PostMapping("/orders")
  @Operation(
      operationId = "placeOrder",
      summary = "Places an order; once for each idempotency key.")
  @Requires({
    "items",
    "items.productId",
    "items.quantity",
    "items.expectedPrice",
    "items.priceVersion"
  })
  @Answers(
      status = 201,
      when = "It is placed.",
      headers = {HttpHeaders.LOCATION, ConsistencyHeader.NAME})
  @Answers(
      status = 200,
      when = "The key has placed it before; the order as it is now.",
      headers = {HttpHeaders.LOCATION, IdempotencyHeaders.REPLAYED, ConsistencyHeader.NAME})
  @Fails({
    ErrorCode.MISSING_IDEMPOTENCY_KEY,
    ErrorCode.INVALID_IDEMPOTENCY_KEY,
    ErrorCode.IDEMPOTENCY_KEY_REUSED,
    ErrorCode.PRICE_CHANGED,
    ErrorCode.INSUFFICIENT_STOCK,
    ErrorCode.PRODUCT_INACTIVE
  })
  @Fails(value = ErrorCode.PRODUCT_NOT_FOUND, status = UNPROCESSABLE)
  ResponseEntity<OrderJson> place(
      @RequestBody PlaceOrderRequest request,
      @Meaning(
              value =
                  IdempotencyHeaders.MEANING
                      + " It is the order's version; where the body has that, too, both must"
                      + " agree.",
              form = IdempotencyHeaders.FORM)
          @RequestHeader(name = IdempotencyHeaders.KEY, required = false)
          @Nullable String key)
      throws Rejection {
    var placed =
        placement.place(
            Caller.current().userId(), request.withKey(IdempotencyHeaders.unquoted(key)));
    var location = URI.create("/orders/" + placed.order().orderId().value());
    var response =
        placed.replayed()
            ? ResponseEntity.ok()
                .header(HttpHeaders.LOCATION, location.toString())
                .header(IdempotencyHeaders.REPLAYED, "true")
            : ResponseEntity.created(location);
    return marked(response, placed.order());
  }

  @PostMapping("/orders/{orderId}/cancel")
  @Operation(operationId = "cancelOrder", summary = "Cancels an order that is not confirmed.")
  @Answers(
      status = 202,
      when = "It is cancelled; its stock will be free soon.",
      headers = ConsistencyHeader.NAME)
  @Fails({ErrorCode.ORDER_NOT_FOUND, ErrorCode.ORDER_NOT_CANCELLABLE})
  ResponseEntity<OrderJson> cancel(@MeaningOf(OrderId.class) @PathVariable String orderId)
      throws Rejection {
    return marked(ResponseEntity.accepted(), orders.cancel(Caller.current(), orderId, null));
  }

  private static ResponseEntity<OrderJson> marked(
      ResponseEntity.BodyBuilder response, OrderState order) {
    var token = new ConsistencyToken.OfOrder(order.orderId(), order.revision());
    return response.header(ConsistencyHeader.NAME, token.text()).body(OrderJson.of(order));
  }

  /** The order cannot be processed; it is not the order that was not found. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> unknownProducts(
      Rejection.ProductNotFound rejection, HttpServletRequest request) {
    return Problems.answer(Failure.of(rejection), UNPROCESSABLE, request.getRequestURI());
  }
}
