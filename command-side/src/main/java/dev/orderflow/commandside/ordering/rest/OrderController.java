package dev.orderflow.commandside.ordering.rest;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.ordering.application.OrderService;
import dev.orderflow.commandside.ordering.application.PlaceOrderRequest;
import dev.orderflow.commandside.ordering.application.PlacementService;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.Problems;
import dev.orderflow.platform.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {
  private static final String KEY_HEADER = "Idempotency-Key";
  private static final String REPLAYED_HEADER = "Idempotent-Replayed";

  private final PlacementService placement;
  private final OrderService orders;

  OrderController(PlacementService placement, OrderService orders) {
    this.placement = placement;
    this.orders = orders;
  }

  @PostMapping("/orders")
  ResponseEntity<OrderJson> place(
      @RequestBody PlaceOrderRequest request,
      @RequestHeader(name = KEY_HEADER, required = false) @Nullable String key)
      throws Rejection {
    var placed = placement.place(Caller.current().userId(), request.withKey(unquoted(key)));
    var location = URI.create("/orders/" + placed.order().orderId().value());
    var response =
        placed.replayed()
            ? ResponseEntity.ok()
                .header(HttpHeaders.LOCATION, location.toString())
                .header(REPLAYED_HEADER, "true")
            : ResponseEntity.created(location);
    return response.body(OrderJson.of(placed.order()));
  }

  @PostMapping("/orders/{orderId}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  OrderJson cancel(@PathVariable String orderId) throws Rejection {
    return OrderJson.of(orders.cancel(Caller.current(), orderId, CancelReason.CUSTOMER_REQUEST));
  }

  @DeleteMapping("/customers/{userId}/personal-data")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void erasePersonalData(@PathVariable String userId) {
    orders.erasePersonalData(Caller.current(), new UserId(userId));
  }

  /** The order cannot be processed; it is not the order that was not found. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> unknownProducts(
      Rejection.ProductNotFound rejection, HttpServletRequest request) {
    return Problems.answer(
        Failure.of(rejection), HttpStatus.UNPROCESSABLE_CONTENT.value(), request.getRequestURI());
  }

  /** The header is a string in double quotes by its specification; many clients leave them out. */
  private static @Nullable String unquoted(@Nullable String header) {
    return header != null && header.length() > 1 && header.startsWith("\"") && header.endsWith("\"")
        ? header.substring(1, header.length() - 1)
        : header;
  }
}
