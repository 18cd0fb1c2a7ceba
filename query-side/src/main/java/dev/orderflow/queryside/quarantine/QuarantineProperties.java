package dev.orderflow.queryside.quarantine;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much is kept of what the views cannot take in.
 *
 * @param maxForeign most records of a projection that are no events; the oldest of more are dropped
 */
@Validated
@ConfigurationProperties("orderflow.quarantine")
public record QuarantineProperties(@DefaultValue("1000") @Min(1) int maxForeign) {}
