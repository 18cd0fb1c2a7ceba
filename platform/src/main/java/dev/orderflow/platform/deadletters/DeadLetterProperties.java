package dev.orderflow.platform.deadletters;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How dead letters are kept.
 *
 * @param checkInterval how often letters are counted, those sent on that can go on by themselves,
 *     and those tried again that an outage keeps
 */
@Validated
@ConfigurationProperties("orderflow.dead-letters")
record DeadLetterProperties(@DefaultValue("10s") @DurationMin(millis = 1) Duration checkInterval) {}
