package dev.orderflow.queryside.live;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How reads wait for what their callers have written.
 *
 * @param maxWait how long a view has to take it in, up to 5 s
 * @param maxWaiting most reads that an instance lets wait at a time, those included that ask the
 *     command side for an order that the view does not know; 0 lets none
 */
@Validated
@ConfigurationProperties("orderflow.consistency")
public record ConsistencyProperties(
    @DefaultValue("2s") @DurationMin(millis = 0) @DurationMax(seconds = 5) Duration maxWait,
    @DefaultValue("100") @Min(0) int maxWaiting) {}
