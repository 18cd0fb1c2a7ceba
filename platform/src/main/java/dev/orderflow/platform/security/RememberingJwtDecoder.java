package dev.orderflow.platform.security;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/**
 * Verifies a token once and then remembers it, since the same callers come again and again and an
 * RSA check costs more than anything else in a call. When the token is valid is looked at every
 * time. It is remembered for a short while only, so that one that was signed with a key that has
 * been revoked is refused that much later than without a memory, and no later. What does not hold
 * is not remembered: it must not drive out what does.
 */
final class RememberingJwtDecoder implements JwtDecoder {
  /** How long at most. */
  static final Duration AT_MOST = Duration.ofMinutes(1);

  /** How many at once; with what is read from them some 40 MB. */
  static final int CAPACITY = 10_000;

  private final JwtDecoder verifying;
  private final OAuth2TokenValidator<Jwt> times;
  private final Cache<String, Jwt> verified;

  /**
   * @param verifying checks signature and claims
   */
  RememberingJwtDecoder(JwtDecoder verifying) {
    this(verifying, new JwtTimestampValidator(Caller.CLOCK_SKEW), Ticker.systemTicker());
  }

  RememberingJwtDecoder(JwtDecoder verifying, OAuth2TokenValidator<Jwt> times, Ticker ticker) {
    this.verifying = verifying;
    this.times = times;
    verified =
        CacheBuilder.newBuilder()
            .maximumSize(CAPACITY)
            .expireAfterWrite(AT_MOST)
            .ticker(ticker)
            .build();
  }

  @Override
  public Jwt decode(String token) {
    var known = verified.getIfPresent(token);
    if (known != null && !times.validate(known).hasErrors()) {
      return known;
    }
    // Also a token that has expired meanwhile: the verifying decoder words the refusal.
    var jwt = verifying.decode(token);
    verified.put(token, jwt);
    return jwt;
  }
}
