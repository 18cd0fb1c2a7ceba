package dev.orderflow.platform.bounds;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What gRPC may cost a process.
 *
 * @param maxConnections most connections that are open, half of them from one address at most;
 *     further ones are closed
 * @param maxOpen most calls that are worked on at a time, and most on one connection
 * @param maxPerCaller most of them that one caller has; the platform's services have no such bound
 */
@Validated
@ConfigurationProperties("orderflow.calls")
public record CallProperties(
    @DefaultValue("1000") @Min(1) int maxConnections,
    @DefaultValue("2500") @Min(1) int maxOpen,
    @DefaultValue("200") @Min(1) int maxPerCaller) {}
