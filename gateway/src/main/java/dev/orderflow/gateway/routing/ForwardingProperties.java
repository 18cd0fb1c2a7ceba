package dev.orderflow.gateway.routing;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How requests are passed on.
 *
 * @param resolveEvery how often the names of instances are looked up
 * @param connectTimeout how long a connection to an instance may take before the next is tried
 * @param responseTimeout how long an instance may take to answer; a stream, to begin
 * @param maxRequestSize the largest body of a request
 */
@Validated
@ConfigurationProperties("orderflow.gateway")
public record ForwardingProperties(
    @DefaultValue("2s") @DurationMin(millis = 1) Duration resolveEvery,
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("10s") Duration responseTimeout,
    @DefaultValue("1MB") DataSize maxRequestSize) {}
