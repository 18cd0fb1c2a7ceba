package dev.orderflow.queryside.quarantine;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is done with what the views cannot take in.
 *
 * @param maxForeign most records of a projection that are no events; the oldest of more are dropped
 * @param checkInterval how often letters are counted, and those sent on that can go on by
 *     themselves
 */
@Validated
@ConfigurationProperties("orderflow.quarantine")
public record QuarantineProperties(
    @DefaultValue("1000") @Min(1) int maxForeign,
    @DefaultValue("10s") @DurationMin(millis = 1) Duration checkInterval) {}
