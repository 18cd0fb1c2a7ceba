package dev.orderflow.commandside.eventstore;

/**
 * Names the stream of one aggregate.
 *
 * @param value unique over all types
 * @param <T> the aggregate
 */
public record StreamId<T>(AggregateType<T, ?> type, String value) {
  @Override
  public String toString() {
    return value;
  }
}
