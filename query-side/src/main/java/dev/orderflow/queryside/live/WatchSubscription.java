package dev.orderflow.queryside.live;

import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.UnavailableException;
import java.io.IOException;
import java.time.Duration;

/**
 * A stream that has its place and hears of changes; it has them until {@link #tell} returns, so
 * that must be called.
 *
 * @param <S> the state that it tells
 */
public final class WatchSubscription<S> {
  /** After a look that failed: callers see a change soon after an outage, also one not told of. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /**
   * An end costs the processor several times what telling does: of thousands that wait for the same
   * change, all are told before the first stream ends.
   */
  private static final Duration END_AFTER = Duration.ofSeconds(1);

  /** How long a reader that is gone keeps its place. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Watchable<S> followed;
  private final S found;
  private final long known;
  private final Changes.Watch watch;
  private final Runnable leave;
  private volatile boolean ended;

  WatchSubscription(
      Watchable<S> followed, S found, long known, Changes.Watch watch, Runnable leave) {
    this.followed = followed;
    this.found = found;
    this.known = known;
    this.watch = watch;
    this.leave = leave;
  }

  /**
   * Tells the reader the current state and then every newer one, until it is final, the reader is
   * gone or the stream is ended. Blocks the calling thread meanwhile; a slow reader is told the
   * newest state only. A look that fails for want of a server ends nothing: it is repeated.
   *
   * @throws IOException when the reader is gone
   * @throws UnavailableException when this instance stops
   */
  public void tell(Reader<S> reader) throws IOException, InterruptedException {
    try (watch) {
      var current = found;
      var told = known;
      var woken = false;
      while (!ended) {
        var patience = followed.patience();
        try {
          current = followed.newest(current);
        } catch (RuntimeException e) {
          if (!Failure.of(e).isTemporary()) {
            throw e;
          }
          patience = AFTER_FAILURE;
        }
        if (followed.revisionOf(current) > told) {
          reader.state(current);
          told = followed.revisionOf(current);
        }
        if (followed.isFinal().test(current)) {
          if (woken) {
            linger(reader);
          }
          return;
        }
        woken = changes(patience, reader);
        if (!woken && !ended) {
          reader.heartbeat();
        }
      }
    } finally {
      leave.run();
    }
  }

  private void linger(Reader<S> reader) {
    try {
      var _ = changes(END_AFTER, reader);
    } catch (UnavailableException _) {
      // This instance stops, and there is nothing more to tell.
    }
  }

  /** Waits for a change, at most as long as there is a reader; false when there was none. */
  private boolean changes(Duration patience, Reader<S> reader) {
    for (var left = patience; left.isPositive(); left = left.minus(LOOK_EVERY)) {
      if (reader.isGone()) {
        ended = true;
        return false;
      }
      if (watch.await(left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY)) {
        return true;
      }
    }
    return false;
  }

  /** Lets {@link #tell} return soon, since the client is gone. Does not block. */
  public void end() {
    ended = true;
    watch.wake();
  }
}
