package dev.orderflow.gateway.admin;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the services are asked for what staff are shown of all of them.
 *
 * @param patience how long an instance may take for its part; one that takes longer counts as away
 */
@Validated
@ConfigurationProperties("orderflow.gateway.admin")
record AdminProperties(@DefaultValue("1s") @DurationMin(millis = 1) Duration patience) {}
