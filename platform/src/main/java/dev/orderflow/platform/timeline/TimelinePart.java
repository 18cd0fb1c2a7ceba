package dev.orderflow.platform.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.rejection.Rejection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one service tells of an order's way.
 *
 * @param status how the order stands; null when this service does not decide it
 * @param traceId in which the order was placed; null when it was not followed, or not by this
 *     service
 * @param entries the oldest first
 * @param truncated whether there are more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelinePart(
    @Nullable String status,
    @Nullable String traceId,
    List<TimelineEntry> entries,
    boolean truncated) {
  /** So many entries a part has at most. */
  public static final int MOST = 500;

  /** Keeps its own copy of the entries. */
  public TimelinePart {
    entries = List.copyOf(entries);
  }

  /**
   * The order that a path names.
   *
   * @throws Rejection.OrderNotFound when no order can have such an id
   */
  public static OrderId orderNamed(String id) throws Rejection {
    try {
      return new OrderId(id);
    } catch (InvalidValueException _) {
      throw new Rejection.OrderNotFound();
    }
  }

  /** Brings entries into their order, and leaves the last out when they are too many. */
  public static TimelinePart of(
      @Nullable String status, @Nullable String traceId, List<TimelineEntry> entries) {
    return new TimelinePart(status, traceId, oldest(entries, MOST), entries.size() > MOST);
  }

  /** The oldest entries, in their order. */
  public static List<TimelineEntry> oldest(List<TimelineEntry> entries, int most) {
    return entries.stream().sorted(Comparator.comparing(TimelineEntry::at)).limit(most).toList();
  }
}
