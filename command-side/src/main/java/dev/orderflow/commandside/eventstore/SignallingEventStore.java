package dev.orderflow.commandside.eventstore;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** The event store; gives a signal after every commit, so that nobody has to poll. */
final class SignallingEventStore extends EmbeddedEventStore {
  private final CommitSignal signal;

  SignallingEventStore(EventStorageEngine engine, CommitSignal signal) {
    super(EmbeddedEventStore.builder().storageEngine(engine));
    this.signal = signal;
  }

  @Override
  protected void afterCommit(List<? extends EventMessage<?>> events) {
    super.afterCommit(events);
    signal.committedHere();
  }
}
