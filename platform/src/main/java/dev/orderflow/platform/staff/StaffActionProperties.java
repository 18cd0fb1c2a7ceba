package dev.orderflow.platform.staff;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The record of what staff have done.
 *
 * @param keep for how long it is kept
 */
@Validated
@ConfigurationProperties("orderflow.staff-actions")
record StaffActionProperties(@DefaultValue("90d") @DurationMin(days = 1) Duration keep) {}
