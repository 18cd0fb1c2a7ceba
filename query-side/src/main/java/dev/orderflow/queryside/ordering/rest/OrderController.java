package dev.orderflow.queryside.ordering.rest;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.platform.bounds.ClientConnection;
import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.queryside.ordering.application.OrderQueries;
import dev.orderflow.queryside.ordering.application.OrderWatch;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The caller's orders. They may be kept by the caller alone, and asked after with their ETag. */
@RestController
@RequestMapping("/orders")
class OrderController {
  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final Pattern REVISION = Pattern.compile("\\d{1,18}");

  private final OrderQueries orders;
  private final OrderWatch watch;
  private final OrderEventTexts texts;

  OrderController(OrderQueries orders, OrderWatch watch, OrderEventTexts texts) {
    this.orders = orders;
    this.watch = watch;
    this.texts = texts;
  }

  @GetMapping
  @Operation(
      operationId = "listOrders",
      summary =
          "Selects of the caller's orders, the newest first, page by page; for staff, of all orders.")
  @Answers(status = 200, when = "A page.")
  ResponseEntity<OrderPageJson> page(
      @MeaningOf(OrderStatus.class) @RequestParam(required = false) @Nullable String status,
      @MeaningOf(OrderFilter.class) @RequestParam(required = false) @Nullable String placedFrom,
      @MeaningOf(OrderFilter.class) @RequestParam(required = false) @Nullable String placedTo,
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken,
      @RequestHeader(name = ConsistencyHeader.NAME, required = false)
          @Nullable String consistency) {
    awaitWritten(consistency);
    var selection = OrderFilter.of(status, placedFrom, placedTo).selection();
    var page =
        orders.visible(
            Caller.current(), selection, new PageRequest(pageSize, pageToken, selection.text()));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache().cachePrivate())
        .body(OrderPageJson.of(page));
  }

  @GetMapping("/{orderId}")
  @Operation(operationId = "getOrder", summary = "An order of the caller's; for staff, any order.")
  @Answers(status = 200, when = "The order.", headers = HttpHeaders.ETAG)
  @Answers(status = 304, when = "It is what the caller has.", headers = HttpHeaders.ETAG)
  @Fails(ErrorCode.ORDER_NOT_FOUND)
  ResponseEntity<OrderJson> order(
      @MeaningOf(OrderId.class) @PathVariable String orderId,
      @RequestHeader(name = ConsistencyHeader.NAME, required = false) @Nullable String consistency)
      throws Rejection.OrderNotFound {
    awaitWritten(consistency);
    var order = orders.find(Caller.current(), idOf(orderId));
    return ResponseEntity.ok()
        .eTag(Long.toString(order.revision()))
        .cacheControl(CacheControl.noCache().cachePrivate())
        .body(OrderJson.of(order));
  }

  @GetMapping(path = "/{orderId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      operationId = "watchOrder",
      summary = "An order's state now, and every newer one until it is final, as they come.")
  @Answers(status = 200, when = "The events; each id is a revision, each data an order.")
  @Answers(status = 204, when = "The order is final, and Last-Event-ID was the last of its events.")
  @Fails(ErrorCode.ORDER_NOT_FOUND)
  ResponseEntity<SseEmitter> events(
      @MeaningOf(OrderId.class) @PathVariable String orderId,
      @Meaning("The id of the last event that the caller has.")
          @RequestHeader(name = LAST_EVENT_ID, required = false)
          @Nullable String lastEventId,
      @RequestHeader(name = ConsistencyHeader.NAME, required = false) @Nullable String consistency,
      HttpServletRequest request)
      throws Rejection.OrderNotFound, IOException {
    awaitWritten(consistency);
    var caller = Caller.current();
    var order = orders.find(caller, idOf(orderId));
    var known = revisionOf(lastEventId);
    if (order.status().isFinal() && order.revision() <= known) {
      // Tells a browser, which connects again after every end, that this was it.
      return ResponseEntity.noContent().build();
    }
    var answer = ResponseEntity.ok();
    return request.getMethod().equals(HttpMethod.HEAD.name())
        ? answer.contentType(MediaType.TEXT_EVENT_STREAM).build()
        : answer.body(
            OrderEvents.of(watch.open(caller, order, known), ClientConnection.of(request), texts));
  }

  private void awaitWritten(@Nullable String consistency) {
    orders.awaitWritten(Caller.current(), ConsistencyHeader.read(consistency));
  }

  /** What is no revision of ours tells nothing. */
  private static long revisionOf(@Nullable String lastEventId) {
    return lastEventId != null && REVISION.matcher(lastEventId).matches()
        ? Long.parseLong(lastEventId)
        : 0;
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
