package dev.orderflow.queryside.ordering.rest;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.platform.deadletters.LetterTimeline;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelineEntry.Kind;
import dev.orderflow.platform.timeline.TimelinePart;
import dev.orderflow.queryside.ordering.application.OrderReader;
import dev.orderflow.queryside.ordering.model.Order;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the view tells of an order's way, for the gateway's timeline, which describes it. */
@RestController
class OrderTimelineController {
  private static final String VIEW = "order-view";

  private final OrderReader orders;
  private final LetterTimeline letters;

  OrderTimelineController(OrderReader orders, LetterTimeline letters) {
    this.orders = orders;
    this.letters = letters;
  }

  /**
   * A row.
   *
   * @param version how many events are in it
   */
  private record Row(long version, String status) {}

  @GetMapping("/admin/orders/{orderId}/timeline")
  @Hidden
  TimelinePart timeline(@PathVariable String orderId) throws Rejection {
    var order = TimelinePart.orderNamed(orderId);
    var row = orders.find(order);
    var entries =
        Stream.concat(row.stream().map(OrderTimelineController::entry), letters.of(order).stream())
            .toList();
    if (entries.isEmpty()) {
      throw new Rejection.OrderNotFound();
    }
    return TimelinePart.of(row.map(shown -> shown.status().name()).orElse(null), null, entries);
  }

  private static TimelineEntry entry(Order order) {
    return TimelineEntry.of(Kind.ROW, VIEW, order.updatedAt())
        .with(new Row(order.revision(), order.status().name()));
  }
}
