package dev.orderflow.saga.attempts;

import dev.orderflow.saga.consumption.PollHandler.Changes;
import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls that an instance has under way. A poll does not wait for slow ones: a call that ends soon
 * leaves no row, every other one becomes a task. The task of a failed call is due soon. That of a
 * call under way is this instance's while it has a heartbeat, and is removed when the call ends.
 */
public final class Attempts {
  /** How long a poll waits, so that what is quick leaves nothing behind. */
  public static final Duration BRIEFLY = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
  private final Supplier<TaskStore> tasks;
  private final TransactionTemplate transaction;
  private final Duration wait;
  private final int most;
  private final Set<Attempt<?>> stored = ConcurrentHashMap.newKeySet();
  private final Batcher<Attempt<?>, Void> late;

  /**
   * @param wait for the attempts of a poll
   * @param most how many may be under way at once
   * @param executor on which tasks are settled
   */
  public Attempts(
      Supplier<TaskStore> tasks,
      TransactionTemplate transaction,
      Duration wait,
      int most,
      Executor executor) {
    this.tasks = tasks;
    this.transaction = transaction;
    this.wait = wait;
    this.most = most;
    this.late = new Batcher<>(this::settle, executor);
  }

  /**
   * Begins, unless the same is under way already.
   *
   * @param id names what is to be done
   * @return ends with it; fails when it fails, or when too much is under way
   */
  public CompletableFuture<Void> begin(String id, Supplier<CompletableFuture<Void>> attempt) {
    var mine = new CompletableFuture<Void>();
    if (underWay.size() >= most && !underWay.containsKey(id)) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("Too much is under way"));
    }
    var other = underWay.putIfAbsent(id, mine);
    if (other != null) {
      return other;
    }
    var _ =
        CompletableFuture.completedFuture(null)
            .thenCompose(_ -> attempt.get())
            .whenComplete((_, failure) -> {
              underWay.remove(id);
              if (failure == null) {
                mine.complete(null);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine;
  }

  /**
   * Waits for the end of an attempt.
   *
   * @throws RuntimeException when it fails
   */
  public static void await(CompletableFuture<Void> end) {
    try {
      end.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Waits a little for the attempts of a poll. */
  public Changes conclude(List<Attempt<?>> attempts) {
    var _ =
        CompletableFuture.allOf(
                attempts.stream().map(Attempt::end).toArray(CompletableFuture[]::new))
            .exceptionally(_ -> null)
            .completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    var failed = new ArrayList<Attempt<?>>();
    var open = new ArrayList<Attempt<?>>();
    for (var attempt : attempts) {
      if (!attempt.end().isDone()) {
        open.add(attempt);
      } else if (!attempt.isDone()) {
        failed.add(attempt);
      }
    }
    return failed.isEmpty() && open.isEmpty() ? Changes.NONE : new Tasks(failed, open);
  }

  /** Keeps other instances from beginning what is under way here. */
  void heartbeat() {
    var open = stored.stream().filter(attempt -> !attempt.end().isDone()).toList();
    if (!open.isEmpty()) {
      tasks.get().heartbeat(open);
    }
  }

  private List<Void> settle(List<Attempt<?>> ended) {
    ended.forEach(stored::remove);
    var over = ended.stream().filter(attempt -> attempt.isDone() || attempt.isRefused()).toList();
    transaction.executeWithoutResult(_ -> {
      // First, for a letter is in the trace of the task that it was.
      tasks.get().add(ended.stream().filter(attempt -> !attempt.isDone()).toList());
      tasks.get().remove(over);
    });
    return Collections.nCopies(ended.size(), null);
  }

  /** What is left of a poll as tasks. */
  private final class Tasks implements Changes {
    private final List<Attempt<?>> failed;
    private final List<Attempt<?>> open;

    private Tasks(List<Attempt<?>> failed, List<Attempt<?>> open) {
      this.failed = failed;
      this.open = open;
    }

    @Override
    public void write() {
      tasks.get().add(failed);
      tasks.get().hold(open);
    }

    /**
     * Only now: a task must be stored before it can be removed. What fails here is due as a task.
     */
    @Override
    public void committed() {
      stored.addAll(open);
      for (var attempt : open) {
        var _ =
            attempt
                .end()
                .handle((_, _) -> attempt)
                .thenCompose(late::add)
                .exceptionally(failure -> {
                  LOG.warn(
                      "What comes of calls is not stored; they are taken over and repeated: {}",
                      failure.toString());
                  return null;
                });
      }
    }
  }
}
