package dev.orderflow.platform.deadletters;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How dead letters are kept.
 *
 * @param maxForeign most records of a source that are no events; the oldest of more are dropped
 * @param checkInterval how often letters are counted, those sent on that can go on by themselves,
 *     and those tried again that an outage keeps
 * @param showEnded how long letters are shown that are done or discarded
 * @param maxEnded most of them that are shown; the oldest of more are not
 */
@Validated
@ConfigurationProperties("orderflow.dead-letters")
record DeadLetterProperties(
    @DefaultValue("1000") @Min(1) int maxForeign,
    @DefaultValue("10s") @DurationMin(millis = 1) Duration checkInterval,
    @DefaultValue("30d") @DurationMin(millis = 1) Duration showEnded,
    @DefaultValue("10000") @Min(0) int maxEnded) {}
