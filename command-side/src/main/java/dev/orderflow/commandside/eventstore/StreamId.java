package dev.orderflow.commandside.eventstore;

/**
 * Names the stream of one aggregate.
 *
 * @param value unique over all types, and all that counts when names are compared
 * @param <T> the aggregate
 */
public record StreamId<T>(AggregateType<T, ?> type, String value) {
  @Override
  public boolean equals(Object other) {
    return other instanceof StreamId<?> stream && stream.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
