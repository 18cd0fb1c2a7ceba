package dev.orderflow.commandside.eventstore;

import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

/** Writes what belongs to events into their transaction. */
@FunctionalInterface
public interface EventAppendListener {
  /** Called with all events of a transaction, once, before it commits. */
  void appended(List<DomainEventMessage<?>> events);
}
