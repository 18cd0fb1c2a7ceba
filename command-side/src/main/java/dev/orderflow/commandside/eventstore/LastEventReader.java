package dev.orderflow.commandside.eventstore;

import dev.orderflow.api.DomainEvent;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** Reads the last event of a stream; enough where every event carries the state after it. */
public final class LastEventReader {
  private final EventStorageEngine engine;

  LastEventReader(EventStorageEngine engine) {
    this.engine = engine;
  }

  /** The last event; empty when the stream has none. */
  public Optional<DomainEvent> of(String streamId) {
    return engine
        .lastSequenceNumberFor(streamId)
        .map(sequence -> (DomainEvent) engine.readEvents(streamId, sequence).next().getPayload());
  }
}
