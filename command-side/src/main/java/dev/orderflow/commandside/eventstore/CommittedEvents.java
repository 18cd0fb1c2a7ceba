package dev.orderflow.commandside.eventstore;

import java.util.List;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was committed after a token, as it is stored; late commits with lower indexes are not
 * missed: Axon's engine keeps account of the gaps.
 */
public final class CommittedEvents extends JdbcEventStorageEngine {
  CommittedEvents(Builder builder) {
    super(builder);
  }

  /** An event as it is stored, and the token of a reader that has read up to it. */
  public record StoredEvent(DomainEventData<byte[]> data, TrackingToken token) {}

  /**
   * The next events, in their order.
   *
   * @param token null for the first event of all
   * @param limit most events
   */
  public List<StoredEvent> after(@Nullable TrackingToken token, int limit) {
    return fetchTrackedEvents(token, limit).stream().map(CommittedEvents::stored).toList();
  }

  @SuppressWarnings("unchecked")
  private static StoredEvent stored(TrackedEventData<?> event) {
    return new StoredEvent((DomainEventData<byte[]>) event, event.trackingToken());
  }
}
