package dev.orderflow.commandside.audit;

import dev.orderflow.api.DomainEvent;

/**
 * An event in its places.
 *
 * @param globalIndex its place in the whole history
 * @param stream the aggregate's
 * @param sequence its place in the stream, from 0
 */
record StoredEvent(long globalIndex, String stream, long sequence, DomainEvent event) {
  @Override
  public String toString() {
    return "event %d (%s, sequence %d of %s)"
        .formatted(globalIndex, event.getClass().getSimpleName(), sequence, stream);
  }
}
