package dev.orderflow.commandside.eventstore;

/** A decision would have rested on an aggregate that is not current; it is taken again. */
public final class StaleAggregateException extends RuntimeException {
  /** Names the stream. */
  public StaleAggregateException(String streamId) {
    super(streamId + " has moved on", null, false, false);
  }
}
