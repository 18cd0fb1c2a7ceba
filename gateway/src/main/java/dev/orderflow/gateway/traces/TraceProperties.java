package dev.orderflow.gateway.traces;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept of the last traces.
 *
 * @param enabled whether spans are taken, from this machine only, and traces shown to staff
 * @param maxSpans most spans that are kept; the oldest trace goes first
 * @param maxSize most memory that they take, about
 */
@Validated
@ConfigurationProperties("orderflow.gateway.traces")
record TraceProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("20000") @Min(1) int maxSpans,
    @DefaultValue("16MB") DataSize maxSize) {}
