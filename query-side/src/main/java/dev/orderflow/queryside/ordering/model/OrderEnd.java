package dev.orderflow.queryside.ordering.model;

import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How an order has ended.
 *
 * @param reason null unless it was cancelled
 * @param when in microseconds, which is how fine the database keeps it
 */
public record OrderEnd(OrderStatus status, @Nullable CancelReason reason, Instant when) {
  /** Cuts the time. */
  public OrderEnd {
    when = when.truncatedTo(ChronoUnit.MICROS);
  }
}
