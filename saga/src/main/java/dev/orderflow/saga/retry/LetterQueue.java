package dev.orderflow.saga.retry;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.quarantine.DeadLetter;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.tasks.TaskKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The letters that go out one after the other: a worker's about one order, or one letter alone that
 * is about none.
 *
 * @param letterId one of them
 */
record LetterQueue(Worker source, @Nullable OrderId orderId, long letterId) {
  /** The tasks in which a worker sends its queues on. */
  static TaskKind<LetterQueue> retryBy(Worker worker) {
    return new TaskKind<>(
        worker, "retry-letters", LetterQueue.class, LetterQueue::id, LetterQueue::orderId);
  }

  static LetterQueue of(DeadLetter letter) {
    return new LetterQueue(letter.source(), letter.orderId(), letter.id());
  }

  /** Names it among the queues of its worker. */
  String id() {
    return orderId == null ? Long.toString(letterId) : orderId.value();
  }

  /** The letter whose turn it is; empty when all have gone. */
  Optional<DeadLetter> first(DeadLetters letters) {
    return orderId == null ? letters.find(letterId) : letters.first(source, orderId);
  }
}
