package dev.orderflow.queryside.rebuild;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How projections are rebuilt.
 *
 * @param threads how many of them read and write for each projection; each takes a connection of
 *     the database's pool now and then
 */
@Validated
@ConfigurationProperties("orderflow.rebuild")
record RebuildProperties(@DefaultValue("2") @Min(1) @Max(8) int threads) {}
