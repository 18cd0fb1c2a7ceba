package dev.orderflow.saga.tasks;

import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.commandside.CommandRefusal;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to do something, which may become a task.
 *
 * @param data with which it is to be done
 * @param end ends with the attempt; fails when it fails
 */
public record Attempt<T>(TaskKind<T> kind, T data, CompletableFuture<Void> end) {
  /** Whether nothing more is to be done. */
  public boolean isDone() {
    return end.isDone() && !end.isCompletedExceptionally();
  }

  /** Why it has failed; null when it has not. */
  public @Nullable Throwable failure() {
    return end.isCompletedExceptionally() ? Judgement.of(end.exceptionNow()) : null;
  }

  /** Whether it has failed for good. */
  public boolean isRefused() {
    return isHopeless(failure());
  }

  /** Whether no other try would go better. */
  static boolean isHopeless(@Nullable Throwable failure) {
    return failure instanceof HopelessException || CommandRefusal.is(failure);
  }

  /** In the trace of its poll or, when that is over, of the task that it was meanwhile. */
  void giveUp(TaskTraces stored, DeadLetters letters) {
    var trace = Traces.of(order());
    kind.giveUp(data, failure(), 1, trace == null ? stored.of(kind, data) : trace, letters);
  }

  String id() {
    return kind.id().apply(data);
  }

  String order() {
    return kind.orderOf(data);
  }

  String json() {
    return kind.write(data);
  }
}
