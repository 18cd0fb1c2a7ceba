package dev.orderflow.commandside.eventstore;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.modelling.command.inspection.AggregateModel;

/**
 * An aggregate of Axon's that hands the events that it applies to a list instead of an event bus.
 * One thread at a time uses it.
 *
 * @param <T> the root
 */
public final class RememberedAggregate<T> extends EventSourcedAggregate<T> {
  private final Consumer<DomainEventMessage<?>> applied;
  private long snapshotVersion = -1;

  /** Without events. */
  RememberedAggregate(T root, AggregateModel<T> model, Consumer<DomainEventMessage<?>> applied) {
    super(root, model, null, NoSnapshotTriggerDefinition.TRIGGER);
    this.applied = applied;
  }

  /** Whether it has an event. */
  public boolean exists() {
    return version() != null;
  }

  /**
   * Has it handle a command.
   *
   * @return what its handler answers
   * @throws Exception what its handler throws
   */
  public Object decide(Object command) throws Exception {
    return handle(new GenericCommandMessage<>(command));
  }

  /** Takes in what its stream has beyond its version. */
  void catchUp(List<DomainEventMessage<?>> events) {
    initializeState(DomainEventStream.of(events));
  }

  /** Begins with a stored state. */
  void restore(DomainEventMessage<?> snapshot) {
    catchUp(List.of(snapshot));
    snapshotVersion = snapshot.getSequenceNumber();
  }

  /** How many events it has beyond the last stored state. */
  long eventsSinceSnapshot() {
    return lastVersion() - snapshotVersion;
  }

  /** Its state, to be stored. */
  DomainEventMessage<?> snapshot(Object state) {
    snapshotVersion = lastVersion();
    return new GenericDomainEventMessage<>(type(), identifierAsString(), snapshotVersion, state);
  }

  /** The sequence of its last event; -1 when it has none. */
  long lastVersion() {
    var version = version();
    return version == null ? -1 : version;
  }

  @Override
  protected void publishOnEventBus(EventMessage<?> event) {
    if (getIsLive()) {
      // A copy: the original may be tied to the aggregate.
      applied.accept((DomainEventMessage<?>) event.andMetaData(Map.of()));
    }
  }
}
