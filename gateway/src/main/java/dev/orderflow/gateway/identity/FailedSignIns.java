package dev.orderflow.gateway.identity;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.orderflow.platform.security.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down guessing of a client's secret: after a few failures from one address each further one
 * is followed by a pause in which that client's secret is not looked at for that address, be it
 * right or wrong. The same client signs in from elsewhere as ever.
 */
final class FailedSignIns {
  private static final Logger LOG = LoggerFactory.getLogger(FailedSignIns.class);

  /** A person mistypes. */
  private static final int WITHOUT_PAUSE = 4;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
  private static final int REMEMBERED = 10_000;

  private final InstantSource clock;
  private final Cache<Attempt, Failures> failures =
      CacheBuilder.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FORGOTTEN_AFTER).build();

  FailedSignIns(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Lets an attempt be made.
   *
   * @param attempt whether the secret is right; quick
   * @return what it says
   * @throws SignInPausedException when it is too early for one
   */
  synchronized boolean allow(String clientId, String address, BooleanSupplier attempt) {
    var key = new Attempt(clientId, Account.ofAddress(address));
    var before = failures.getIfPresent(key);
    var now = clock.instant();
    if (before != null && now.isBefore(before.until)) {
      throw new SignInPausedException(Duration.between(now, before.until));
    }
    if (attempt.getAsBoolean()) {
      failures.invalidate(key);
      return true;
    }
    var count = before == null ? 1 : before.count + 1;
    if (count > WITHOUT_PAUSE) {
      LOG.warn(
          "A client's secret was wrong {} times in a row, from {}: check the secret of the client"
              + " there, or block the address if it guesses. Its further attempts are slowed down.",
          count,
          address);
    }
    failures.put(key, new Failures(count, now.plus(pauseAfter(count))));
    return false;
  }

  /** One second at first, and then twice as long each time. */
  private static Duration pauseAfter(int count) {
    if (count <= WITHOUT_PAUSE) {
      return Duration.ZERO;
    }
    var pause = Duration.ofSeconds(1L << Math.min(count - WITHOUT_PAUSE - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private record Attempt(String clientId, Account from) {}

  private record Failures(int count, Instant until) {}
}
