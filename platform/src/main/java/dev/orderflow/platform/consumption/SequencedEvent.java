package dev.orderflow.platform.consumption;

import dev.orderflow.api.DomainEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event and its place in its aggregate's history.
 *
 * @param aggregateId names the aggregate among all aggregates of all types
 * @param sequence counts the aggregate's events, from 0
 * @param trace to which its record belongs, as {@code traceparent}; null when it is not sampled
 */
public record SequencedEvent(
    DomainEvent event, String aggregateId, long sequence, @Nullable String trace) {
  /** Of no trace. */
  public SequencedEvent(DomainEvent event, String aggregateId, long sequence) {
    this(event, aggregateId, sequence, null);
  }
}
