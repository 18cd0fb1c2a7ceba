package dev.orderflow.platform.ratelimit;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.security.Account;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses the calls of a caller that asks too often, on whichever surface. The caller is the
 * token's subject, or the address where there is no token; our own services are not limited. While
 * Redis does not answer, every call passes: a limit that protects the platform must not be what
 * takes it down.
 */
public final class RateLimit {
  private static final Logger LOG = LoggerFactory.getLogger(RateLimit.class);

  private final Buckets buckets;
  private final Duration patience;

  RateLimit(Buckets buckets, Duration patience) {
    this.buckets = buckets;
    this.patience = patience;
  }

  /**
   * Counts a call. May wait for Redis.
   *
   * @param caller empty without a token
   * @param address where the call comes from
   * @throws OverloadedException when it is one too many
   */
  public void count(Optional<Caller> caller, String address) {
    if (caller.filter(known -> known.has(Scope.SERVICE)).isPresent()) {
      return;
    }
    if (!mayDraw(caller.map(Account::of).orElseGet(() -> Account.ofAddress(address)))) {
      throw new OverloadedException("You have asked too often; wait a little.");
    }
  }

  private boolean mayDraw(Account account) {
    try {
      return buckets
          .draw(account.name())
          .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      LOG.debug("Not limited, Redis does not answer: {}", String.valueOf(e.getCause()));
      return true;
    }
  }
}
