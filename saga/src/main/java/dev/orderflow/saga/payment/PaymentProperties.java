package dev.orderflow.saga.payment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the payment worker treats the provider.
 *
 * @param providerTimeout how long it waits for an answer before it asks again: longer than a slow
 *     answer takes, and no longer, since a customer whose answer is lost waits as long
 * @param providerCalls how many calls of the provider one instance has under way at once; a tenth
 *     more for those that it has left unanswered before
 * @param silentPerCustomer from how many unanswered payments of one customer on their further ones
 *     are asked in the places of those that were left unanswered
 * @param providerPause how long the provider is not asked at all after it kept failing
 */
@Validated
@ConfigurationProperties("orderflow.payment")
public record PaymentProperties(
    @DefaultValue("6s") @DurationMin(millis = 1) Duration providerTimeout,
    @DefaultValue("1000") @Positive int providerCalls,
    @DefaultValue("20") @Positive int silentPerCustomer,
    @DefaultValue("5s") @DurationMin(millis = 1) Duration providerPause,
    @DefaultValue @Valid Simulated simulated) {
  /**
   * How the simulated provider behaves.
   *
   * @param successRate share of the charges that succeed, 0 to 1, where the payment method does not
   *     say
   * @param slow how long {@code pm_sim_slow} takes
   * @param latencyMin the shortest time until it answers where the payment method does not say
   * @param latencyMax the longest
   */
  public record Simulated(
      @DefaultValue("0.9") @DecimalMin("0") @DecimalMax("1") double successRate,
      @DefaultValue("5s") Duration slow,
      @DefaultValue("100ms") Duration latencyMin,
      @DefaultValue("1s") Duration latencyMax) {
    /** The range must not be upside down. */
    @AssertTrue(message = "latency-max must not be less than latency-min")
    boolean isLatencyRange() {
      return latencyMax.compareTo(latencyMin) >= 0;
    }
  }
}
