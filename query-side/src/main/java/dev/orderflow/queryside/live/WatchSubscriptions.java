package dev.orderflow.queryside.live;

import dev.orderflow.platform.bounds.Bound;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.security.Account;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * The streams that are open on this instance. Each keeps a connection, a thread and now and then a
 * read for as long as its reader likes, so there is a bound to them, and one to those of a caller.
 */
@Component
public final class WatchSubscriptions {
  private final Semaphore places;
  private final Bound ofCallers;

  /** With no stream open. */
  public WatchSubscriptions(StreamProperties settings, MeterRegistry meters) {
    places = new Semaphore(settings.maxOpen());
    ofCallers = new Bound("streams", Long.MAX_VALUE, settings.maxPerCaller());
    Gauge.builder("orderflow.streams.open", () -> settings.maxOpen() - places.availablePermits())
        .description("Streams of changes that are open")
        .register(meters);
  }

  /**
   * Opens a stream.
   *
   * @param caller whose bound counts too; empty for the platform itself
   * @param changes of what is followed
   * @param found the state as it was found for the caller, who may see it
   * @param known the revision that the reader knows already; 0 for none
   * @throws OverloadedException when too many are open
   */
  public <S> WatchSubscription<S> open(
      Optional<Account> caller, Changes changes, Watchable<S> followed, S found, long known) {
    var leave = take(caller);
    return new WatchSubscription<>(followed, found, known, changes.watch(followed.key()), leave);
  }

  /** Takes a place, and says how to give it back. */
  private Runnable take(Optional<Account> caller) {
    caller.ifPresent(account -> ofCallers.take(account.name(), 1));
    if (!places.tryAcquire()) {
      caller.ifPresent(account -> ofCallers.giveBack(account.name(), 1));
      throw new OverloadedException("Too many streams are open here; try again.");
    }
    return () -> {
      places.release();
      caller.ifPresent(account -> ofCallers.giveBack(account.name(), 1));
    };
  }
}
