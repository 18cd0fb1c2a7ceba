package dev.orderflow.platform.bounds;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What gRPC may cost a process.
 *
 * @param maxConnections most connections that are open, half of them from one address at most;
 *     further ones are closed
 * @param maxOpen most calls, without lists, that are worked on at a time, and most on one
 *     connection
 * @param maxPerCaller most of them that one caller has; the platform's services have no such bound
 * @param maxLists most calls for lists that are worked on at a time
 * @param maxListsPerCaller most of them that one caller has: fewer than the database has
 *     connections, so that some are left to others
 * @param maxBuffered most bytes of answers that are not read yet; streams do not count
 * @param maxBufferedPerCaller most of them that one caller has
 * @param arrival how long a request may take to arrive
 */
@Validated
@ConfigurationProperties("orderflow.calls")
public record CallProperties(
    @DefaultValue("1000") @Min(1) int maxConnections,
    @DefaultValue("2500") @Min(1) int maxOpen,
    @DefaultValue("200") @Min(1) int maxPerCaller,
    @DefaultValue("64") @Min(1) int maxLists,
    @DefaultValue("4") @Min(1) int maxListsPerCaller,
    @DefaultValue("48MB") DataSize maxBuffered,
    @DefaultValue("12MB") DataSize maxBufferedPerCaller,
    @DefaultValue("30s") @DurationMin(millis = 1) Duration arrival) {}
