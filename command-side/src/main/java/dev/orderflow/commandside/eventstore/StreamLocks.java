package dev.orderflow.commandside.eventstore;

import com.google.common.util.concurrent.Striped;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one command of this instance at a time work on a stream. Several streams are locked in one
 * order that is the same for everybody, and before a transaction is begun: who waits here holds
 * neither a connection nor a lock of the database. Only so many commands may wait for one stream.
 *
 * <p>Streams share a fixed number of locks; two that happen to share one wait for each other
 * needlessly, and rarely.
 */
final class StreamLocks {
  private static final int STRIPES = 1 << 20;

  private final Striped<Lock> locks = Striped.lazyWeakLock(STRIPES);
  private final Striped<Semaphore> queues;

  /**
   * @param maxQueue most commands that hold or await the same stream
   */
  StreamLocks(int maxQueue) {
    queues = Striped.lazyWeakSemaphore(STRIPES, maxQueue);
  }

  /**
   * Locks the streams.
   *
   * @throws OverloadedException when too many wait for one of them; then none is locked
   * @throws UnavailableException when they are not free in time; then none is locked
   */
  Held acquire(Collection<String> streamIds, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    var held = new Held();
    try {
      queues.bulkGet(streamIds).forEach(held::enter);
      for (var lock : locks.bulkGet(streamIds)) {
        held.await(lock, deadline);
      }
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
    return held;
  }

  /** What is held; closing it frees all of it. */
  static final class Held implements AutoCloseable {
    private final Deque<Runnable> releases = new ArrayDeque<>();

    private void enter(Semaphore queue) {
      if (!queue.tryAcquire()) {
        throw new OverloadedException(
            "Too many want the same thing at once; wait a little and try again.");
      }
      releases.push(queue::release);
    }

    private void await(Lock lock, long deadline) {
      try {
        if (!lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw tooLong(null);
        }
        releases.push(lock::unlock);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw tooLong(e);
      }
    }

    private static UnavailableException tooLong(@Nullable Throwable cause) {
      return new UnavailableException(
          "Too many others wait for the same thing right now; try again.", cause);
    }

    @Override
    public void close() {
      while (!releases.isEmpty()) {
        releases.pop().run();
      }
    }
  }
}
