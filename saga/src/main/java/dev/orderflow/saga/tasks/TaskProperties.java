package dev.orderflow.saga.tasks;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tasks are worked off.
 *
 * @param taskPollInterval how often an instance looks for due tasks that nobody told it of
 * @param taskConcurrency how many tasks of one worker an instance works on at a time; those that
 *     wait for a slow answer hold nothing but their place here
 * @param firstPause how long after it has failed by itself once something is tried again; doubles
 *     each time
 * @param longestPause the longest of these pauses
 * @param giveUpAfter how long what fails by itself is tried before it becomes a dead letter
 */
@Validated
@ConfigurationProperties("orderflow.saga")
public record TaskProperties(
    @DefaultValue("1s") Duration taskPollInterval,
    @DefaultValue("1000") @Min(1) @Max(10_000) int taskConcurrency,
    @DefaultValue("1s") @DurationMin(millis = 1) Duration firstPause,
    @DefaultValue("1h") @DurationMin(millis = 1) Duration longestPause,
    @DefaultValue("24h") @DurationMin(millis = 1) Duration giveUpAfter) {
  /** The range must not be upside down. */
  @AssertTrue(message = "longest-pause must not be less than first-pause")
  boolean isPauseRange() {
    return longestPause.compareTo(firstPause) >= 0;
  }
}
