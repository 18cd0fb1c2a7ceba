package dev.orderflow.commandside.inventory.application;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How stock is held.
 *
 * @param reservationTtl how long a reservation without an order holds its pieces, 1 s to 24 h
 */
@Validated
@ConfigurationProperties("orderflow.inventory")
record InventoryProperties(
    @DefaultValue("15m") @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration reservationTtl) {}
