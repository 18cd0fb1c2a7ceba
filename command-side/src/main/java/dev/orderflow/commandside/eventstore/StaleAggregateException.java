package dev.orderflow.commandside.eventstore;

/** A decision would have rested on an aggregate that is ahead of the store; it is taken again. */
final class StaleAggregateException extends RuntimeException {
  /** Names the stream. */
  StaleAggregateException(String streamId) {
    super(streamId + " ends earlier than remembered", null, false, false);
  }
}
