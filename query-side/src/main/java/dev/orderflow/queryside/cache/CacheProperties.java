package dev.orderflow.queryside.cache;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The two levels. An answer is at most {@code shared.expiry + local.expiry} older than the row, and
 * the time that a load takes.
 *
 * @param loads how many reads of the source may run at once on this instance
 * @param patience how long a read waits to be one of them
 */
@Validated
@ConfigurationProperties("orderflow.cache")
public record CacheProperties(
    @Valid @DefaultValue Local local,
    @Valid @DefaultValue Shared shared,
    @Positive @DefaultValue("4") int loads,
    @DefaultValue("1s") @DurationMin(millis = 0) @DurationMax(seconds = 5) Duration patience) {
  /**
   * L1.
   *
   * @param size how many values it holds, and how many unknown keys it remembers beside
   * @param expiry how long it holds one
   */
  public record Local(
      @Positive @DefaultValue("10000") long size,
      @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(seconds = 1) Duration expiry) {}

  /**
   * L2.
   *
   * @param expiry how long it keeps a value, counted from before the row was read
   * @param timeout how long one of its answers may take
   */
  public record Shared(
      @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(seconds = 10) Duration expiry,
      @DefaultValue("100ms") @DurationMin(millis = 1) @DurationMax(seconds = 5) Duration timeout) {}
}
