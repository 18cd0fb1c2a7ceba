package dev.orderflow.saga.timeline;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.platform.timeline.TimelinePart;
import dev.orderflow.platform.timeline.TimelineSource;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What this service tells of an order's way, for the gateway's timeline, which describes it. */
@RestController
class OrderTimelineController {
  private final List<TimelineSource> sources;

  OrderTimelineController(List<TimelineSource> sources) {
    this.sources = List.copyOf(sources);
  }

  @GetMapping("/admin/orders/{orderId}/timeline")
  @Hidden
  TimelinePart timeline(@PathVariable String orderId) throws Rejection {
    var order = TimelinePart.orderNamed(orderId);
    var entries = sources.stream().flatMap(source -> source.of(order).stream()).toList();
    if (entries.isEmpty()) {
      throw new Rejection.OrderNotFound();
    }
    return TimelinePart.of(null, null, entries);
  }
}
