package dev.orderflow.platform.liveness;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a process counts as one that hangs.
 *
 * @param longestStep how long a loop may take for one step; longer than a step takes while what it
 *     needs is away. An idle consumer makes one every 5 s
 */
@Validated
@ConfigurationProperties("orderflow.liveness")
public record LivenessProperties(
    @DefaultValue("60s") @DurationMin(seconds = 10) Duration longestStep) {}
