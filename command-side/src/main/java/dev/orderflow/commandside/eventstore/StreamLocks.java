package dev.orderflow.commandside.eventstore;

import com.google.common.util.concurrent.Striped;
import dev.orderflow.platform.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one command of this instance at a time work on a stream. Several streams are locked in one
 * order that is the same for everybody, and before a transaction is begun: who waits here holds
 * neither a connection nor a lock of the database. Streams share a fixed number of locks; two that
 * happen to share one wait for each other needlessly, and rarely.
 */
final class StreamLocks {
  private static final int STRIPES = 4_096;

  private final Striped<Lock> stripes = Striped.lock(STRIPES);

  /**
   * Locks the streams.
   *
   * @throws UnavailableException when they are not free in time; then none is locked
   */
  Held acquire(Collection<String> streamIds, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    var held = new Held();
    for (var lock : stripes.bulkGet(streamIds)) {
      held.add(lock, deadline);
    }
    return held;
  }

  /** The locks that are held; closing it frees them. */
  static final class Held implements AutoCloseable {
    private final Deque<Lock> locks = new ArrayDeque<>();

    private void add(Lock lock, long deadline) {
      try {
        if (!lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw tooLong(null);
        }
        locks.push(lock);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw tooLong(e);
      }
    }

    private UnavailableException tooLong(@Nullable Throwable cause) {
      close();
      return new UnavailableException(
          "Too many others wait for the same thing right now; try again.", cause);
    }

    @Override
    public void close() {
      while (!locks.isEmpty()) {
        locks.pop().unlock();
      }
    }
  }
}
