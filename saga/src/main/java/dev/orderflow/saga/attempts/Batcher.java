package dev.orderflow.saga.attempts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Does at once what has come while the batch before was being done. So one that comes alone waits
 * for nothing, and many share what doing it costs.
 *
 * @param <T> what comes
 * @param <R> what comes of it
 */
public final class Batcher<T, R> {
  private static final int MOST_AT_ONCE = 500;

  private final BlockingQueue<Item<T, R>> queue = new LinkedBlockingQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Function<List<T>, List<R>> work;
  private final Executor executor;

  private record Item<T, R>(T value, CompletableFuture<R> result) {}

  /**
   * @param work gives a result for each, in their order; when it throws, all of them have failed
   * @param executor on which it runs, one batch at a time
   */
  public Batcher(Function<List<T>, List<R>> work, Executor executor) {
    this.work = work;
    this.executor = executor;
  }

  /** Adds one; returns at once. */
  public CompletableFuture<R> add(T value) {
    var item = new Item<T, R>(value, new CompletableFuture<>());
    queue.add(item);
    if (busy.compareAndSet(false, true)) {
      executor.execute(this::drain);
    }
    return item.result();
  }

  private void drain() {
    do {
      for (var batch = next(); !batch.isEmpty(); batch = next()) {
        work(batch);
      }
      busy.set(false);
      // One that was added just before found it busy.
    } while (!queue.isEmpty() && busy.compareAndSet(false, true));
  }

  private List<Item<T, R>> next() {
    var batch = new ArrayList<Item<T, R>>();
    queue.drainTo(batch, MOST_AT_ONCE);
    return batch;
  }

  private void work(List<Item<T, R>> batch) {
    try {
      var results = work.apply(batch.stream().map(Item::value).toList());
      for (var i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException | Error e) {
      // Nothing would be done any more if an error ended this thread.
      batch.forEach(item -> item.result().completeExceptionally(e));
    }
  }
}
