package dev.orderflow.commandside.publication;

import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Reads what was committed after a token; late commits with lower indexes are not missed. */
final class CommittedEvents {
  private final EventStorageEngine engine;
  private final int batchSize;

  CommittedEvents(EventStorageEngine engine, int batchSize) {
    this.engine = engine;
    this.batchSize = batchSize;
  }

  /**
   * The next events, at most a batch.
   *
   * @param token null for the first event of all
   */
  List<TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
    try (var events = engine.readEvents(token, false)) {
      return events.limit(batchSize).<TrackedEventMessage<?>>map(event -> event).toList();
    }
  }
}
