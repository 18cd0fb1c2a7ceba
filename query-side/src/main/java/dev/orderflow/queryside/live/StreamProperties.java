package dev.orderflow.queryside.live;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How streams of changes are kept.
 *
 * @param heartbeat how long an order's stream is silent at most, and after how long its state is
 *     looked at unasked; at least 10 ms. Short enough for proxies not to cut a silent connection,
 *     and to notice a reader that is gone
 * @param maxOpen most streams that are open on an instance at a time; 0 lets none
 * @param maxPerCaller most of them that have the same user's token or, without one, come from the
 *     same address
 */
@Validated
@ConfigurationProperties("orderflow.streams")
public record StreamProperties(
    @DefaultValue("15s") @DurationMin(millis = 10) Duration heartbeat,
    @DefaultValue("2000") @Min(0) int maxOpen,
    @DefaultValue("50") @Min(0) int maxPerCaller) {}
