package dev.orderflow.platform.bounds;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What HTTP may cost a process.
 *
 * @param maxConnections most connections that are open, half of them from one address at most;
 *     further ones are closed
 * @param maxOpen most requests that are worked on at a time
 * @param maxPerCaller most of them that one caller has. Callers that come through the gateway
 *     without a token have the gateway's address, so a service lets it have as many as the gateway
 *     works on
 * @param silence how long a client may keep quiet in the middle of a request or an answer
 * @param arrival how long the head of a request may take to arrive, and how long its body
 */
@Validated
@ConfigurationProperties("orderflow.requests")
public record RequestProperties(
    @DefaultValue("2000") @Min(1) int maxConnections,
    @DefaultValue("400") @Min(1) int maxOpen,
    @DefaultValue("300") @Min(1) int maxPerCaller,
    @DefaultValue("5s") @DurationMin(millis = 1) Duration silence,
    @DefaultValue("30s") @DurationMin(millis = 1) Duration arrival) {}
