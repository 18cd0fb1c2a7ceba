package dev.orderflow.queryside.ordering.rest;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.queryside.ordering.application.OrderQueries;
import dev.orderflow.queryside.paging.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The caller's orders. They may be kept by the caller alone, and asked after with their ETag. */
@RestController
@RequestMapping("/orders")
class OrderController {
  private final OrderQueries orders;

  OrderController(OrderQueries orders) {
    this.orders = orders;
  }

  @GetMapping
  @Operation(
      operationId = "listOrders",
      summary = "The caller's orders, the newest first, page by page; for staff, all orders.")
  @Answers(status = 200, when = "A page.")
  ResponseEntity<OrderPageJson> page(
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken) {
    var page = orders.visible(Caller.current(), new PageRequest(pageSize, pageToken));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache().cachePrivate())
        .body(OrderPageJson.of(page));
  }

  @GetMapping("/{orderId}")
  @Operation(operationId = "getOrder", summary = "An order of the caller's; for staff, any order.")
  @Answers(status = 200, when = "The order.", headers = HttpHeaders.ETAG)
  @Answers(status = 304, when = "It is what the caller has.", headers = HttpHeaders.ETAG)
  @Fails(ErrorCode.ORDER_NOT_FOUND)
  ResponseEntity<OrderJson> order(@PathVariable String orderId) throws Rejection.OrderNotFound {
    var order = orders.find(Caller.current(), idOf(orderId));
    return ResponseEntity.ok()
        .eTag(Long.toString(order.revision()))
        .cacheControl(CacheControl.noCache().cachePrivate())
        .body(OrderJson.of(order));
  }

  /** What cannot be the id of an order names none. */
  private static OrderId idOf(String text) throws Rejection.OrderNotFound {
    try {
      return new OrderId(text);
    } catch (InvalidValueException _) {
      throw new Rejection.OrderNotFound();
    }
  }
}
