package dev.orderflow.platform.tracing;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many traces are sampled at most, whatever the probability.
 *
 * @param mostPerSecond traces that begin here in a second; 0 is no limit
 */
@Validated
@ConfigurationProperties("orderflow.tracing")
record SamplingProperties(@DefaultValue("0") @Min(0) int mostPerSecond) {}
