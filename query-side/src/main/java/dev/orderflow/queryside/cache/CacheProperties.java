package dev.orderflow.queryside.cache;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The two levels. An answer is at most {@code local.expiry + 4 * shared.check-interval} older than
 * the row, and the time that a load takes.
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
    @DefaultValue("1s") @DurationMin(millis = 0) Duration patience) {
  /**
   * L1.
   *
   * @param size how many values it holds
   * @param expiry how long it holds one at most; up to a tenth less, by chance
   * @param unknownSize how many unknown keys it remembers
   * @param unknownExpiry how long it remembers one
   */
  public record Local(
      @Positive @DefaultValue("10000") long size,
      @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(seconds = 5) Duration expiry,
      @Positive @DefaultValue("10000") long unknownSize,
      @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(seconds = 5)
          Duration unknownExpiry) {}

  /**
   * L2.
   *
   * @param expiry how long it holds a value
   * @param timeout how long one of its answers may take
   * @param lease how long one loader has a key to itself
   * @param leaseWait how long the others wait for it before they ask the source themselves
   * @param linger how long a change waits for others of the same key: a hot key is invalidated at
   *     most once in this time by each instance that applies events; at most twice {@code
   *     checkInterval}
   * @param checkInterval how often it is looked at what L2 is owed
   */
  public record Shared(
      @DefaultValue("5m") @DurationMin(millis = 1) Duration expiry,
      @DefaultValue("100ms") @DurationMin(millis = 1) @DurationMax(seconds = 5) Duration timeout,
      @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(seconds = 5) Duration lease,
      @DefaultValue("200ms") @DurationMin(millis = 0) @DurationMax(seconds = 5) Duration leaseWait,
      @DefaultValue("50ms") @DurationMin(millis = 0) Duration linger,
      @DefaultValue("250ms") @DurationMin(millis = 10) @DurationMax(seconds = 2)
          Duration checkInterval) {
    /** A round trusts L2 for what it leaves alone: that must be young. */
    @AssertTrue(message = "must be at most twice the check interval")
    public boolean isLingerShort() {
      return linger.compareTo(checkInterval.multipliedBy(2)) <= 0;
    }
  }
}
