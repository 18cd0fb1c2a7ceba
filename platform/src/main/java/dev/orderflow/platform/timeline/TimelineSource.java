package dev.orderflow.platform.timeline;

import dev.orderflow.api.ordering.OrderId;
import java.util.List;

/** A part of a service that knows something of an order's way; a bean. */
@FunctionalInterface
public interface TimelineSource {
  /** What it knows, in any order; looked up by keys, and nothing personal. */
  List<TimelineEntry> of(OrderId orderId);
}
