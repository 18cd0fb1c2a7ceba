package dev.orderflow.queryside.live;

import com.google.common.util.concurrent.Uninterruptibles;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.consistency.ConsistencyToken;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Lets a read wait until a view has taken in what the caller has written. It does not poll: a
 * waiting read looks again when the rows have changed.
 */
@Component
public final class ReadYourWrites {
  /** Reads that wait for a write leave the other connections to the other reads. */
  private static final int MOST_LOOKS = 3;

  private static final Duration LOOK_WAITS = Duration.ofSeconds(1);

  private final Changes changes;
  private final Duration maxWait;
  private final Semaphore places;
  private final Semaphore looks = new Semaphore(MOST_LOOKS);

  /** Without a waiting read. */
  public ReadYourWrites(Changes changes, ConsistencyProperties properties) {
    this.changes = changes;
    this.maxWait = properties.maxWait();
    this.places = new Semaphore(properties.maxWaiting());
  }

  /**
   * Returns as soon as the view has taken in all of the writes. Blocks the calling thread.
   *
   * @param takenIn looks whether the view has taken in what a token names; once it has, it has
   * @throws UnavailableException when it has not in time, or this instance stops
   * @throws OverloadedException when too many wait already
   */
  public void await(List<ConsistencyToken> writes, Predicate<ConsistencyToken> takenIn) {
    var missing =
        writes.stream().distinct().filter(write -> !look(() -> takenIn.test(write))).toList();
    if (!missing.isEmpty()) {
      whileWaiting(() -> {
        var deadline = System.nanoTime() + maxWait.toNanos();
        for (var write : missing) {
          await(write, takenIn, deadline);
        }
        return true;
      });
    }
  }

  /**
   * Runs a wait for what a view does not know yet, if there is a place for it: each wait keeps a
   * thread, and the id may be made up.
   *
   * @throws OverloadedException when too many wait already
   */
  @CanIgnoreReturnValue
  public <T> T whileWaiting(Supplier<T> wait) {
    if (!places.tryAcquire()) {
      throw new OverloadedException("Too many reads wait for what was just written; try again.");
    }
    try {
      return wait.get();
    } finally {
      places.release();
    }
  }

  /**
   * Looks at the view, if there is a place for it.
   *
   * @throws OverloadedException when too many look already
   */
  public <T> T look(Supplier<T> look) {
    if (!Uninterruptibles.tryAcquireUninterruptibly(looks, LOOK_WAITS)) {
      throw new OverloadedException("Too many look for what was just written; try again.");
    }
    try {
      return look.get();
    } finally {
      looks.release();
    }
  }

  /** Watches first and looks then, so that no change comes between the two. */
  private void await(ConsistencyToken write, Predicate<ConsistencyToken> takenIn, long deadline) {
    try (var watch = changes.watch(write.key())) {
      while (!look(() -> takenIn.test(write))) {
        var left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new UnavailableException(
              "What %s names cannot be read yet; try again.".formatted(ConsistencyHeader.NAME),
              null);
        }
        watch.await(Duration.ofNanos(left));
      }
    }
  }
}
