package dev.orderflow.queryside.projection;

import dev.orderflow.api.DomainEvent;
import org.jspecify.annotations.Nullable;

/**
 * How events make the state of a row, which may be built from several aggregates.
 *
 * @param <S> the state; immutable
 */
public interface History<S> {
  /** The last sequence before an aggregate's first event. */
  long NOTHING = -1;

  /**
   * The sequence of the last event that was taken in of the aggregate that this event is about;
   * {@link #NOTHING} before the first.
   *
   * @param state null before the row's first event
   */
  long lastSequence(@Nullable S state, DomainEvent event);

  /**
   * The state after its aggregate's next event.
   *
   * @param state null before the row's first event
   * @param sequence of the event
   */
  S after(@Nullable S state, DomainEvent event, long sequence);
}
