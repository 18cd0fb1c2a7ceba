package dev.orderflow.saga.tasks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tasks are worked off.
 *
 * @param taskPollInterval how often an instance looks for due tasks that nobody told it of
 * @param taskConcurrency how many tasks of one worker an instance works on at a time; those that
 *     wait for a slow answer hold nothing but their place here
 */
@Validated
@ConfigurationProperties("orderflow.saga")
public record TaskProperties(
    @DefaultValue("1s") Duration taskPollInterval,
    @DefaultValue("1000") @Min(1) @Max(10_000) int taskConcurrency) {}
