package dev.orderflow.platform.kafka;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How our topics are kept and read.
 *
 * @param replicationFactor copies of each record; 1 on a single broker, 3 in production
 * @param sessionTimeout how long a consumer may be silent before its partitions go to others; the
 *     broker's {@code group.min.session.timeout.ms} must allow it
 * @param checkInterval how often consumers look whether a topic was created anew
 */
@Validated
@ConfigurationProperties("orderflow.kafka")
public record EventTopicProperties(
    @DefaultValue("1") @Min(1) short replicationFactor,
    @DefaultValue("3s") Duration sessionTimeout,
    @DefaultValue("1s") Duration checkInterval) {}
