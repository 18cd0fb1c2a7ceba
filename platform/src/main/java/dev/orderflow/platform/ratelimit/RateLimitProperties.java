package dev.orderflow.platform.ratelimit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one caller may ask for.
 *
 * @param requestsPerSecond on average; 0 is no limit
 * @param burst how many may come at once; as many as per second when absent
 * @param patience how long Redis may take; a request that it does not answer for in time passes
 */
@ConfigurationProperties("orderflow.gateway.rate-limit")
public record RateLimitProperties(
    @DefaultValue("0") long requestsPerSecond,
    @Nullable Long burst,
    @DefaultValue("100ms") Duration patience) {
  /** How many requests may come at once. */
  long capacity() {
    return burst == null ? requestsPerSecond : burst;
  }
}
