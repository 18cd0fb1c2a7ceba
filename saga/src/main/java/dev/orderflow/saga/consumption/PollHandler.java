package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
import java.util.List;

/** What a worker does about events, a poll at a time. */
@FunctionalInterface
public interface PollHandler {
  /**
   * Does what is to be done at once, outside of a transaction. The same events may come again after
   * any time, and whatever it has done by then may not be written.
   *
   * @return what is to be written of it
   */
  Changes handle(List<DomainEvent> events);

  /** What a poll leaves behind. */
  @FunctionalInterface
  interface Changes {
    /** None at all. */
    Changes NONE = () -> {};

    /**
     * Writes them, in the caller's transaction.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException when others were faster;
     *     then the events come again
     */
    void write();

    /** Called when they are committed. */
    default void committed() {}
  }
}
