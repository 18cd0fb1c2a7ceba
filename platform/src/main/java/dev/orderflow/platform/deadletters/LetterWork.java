package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.consumption.TransientFailure;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What a service does with its letters when they are sent on. Any of it may be done again. */
public interface LetterWork {
  /** Whose letters they are. */
  Set<String> sources();

  /**
   * Works on an event whose record was kept.
   *
   * @param takeOut takes the letter out, in the caller's transaction: together with what the work
   *     writes, or not at all. False when others have done it
   * @throws RuntimeException when it cannot be worked on
   */
  void workOn(DeadLetter letter, SequencedEvent event, BooleanSupplier takeOut);

  /**
   * Does a task that was given up.
   *
   * @throws RuntimeException when it is not done
   */
  default void workOn(KeptTask task) {
    throw new UnsupportedOperationException("Nobody here does tasks named " + task.name());
  }

  /** Whether the surroundings failed: then no attempt was made, and it is tried again soon. */
  default boolean mayBeOverSoon(RuntimeException failure) {
    return TransientFailure.caused(failure);
  }

  /** The cause for staff. What a failure says may quote what was worked on. */
  default String causeOf(RuntimeException failure) {
    return DeadLetters.causeOf(failure);
  }
}
