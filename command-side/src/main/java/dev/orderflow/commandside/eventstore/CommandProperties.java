package dev.orderflow.commandside.eventstore;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many commands an instance takes on.
 *
 * @param maxInFlight most commands at a time, a quarter of them for one stream; further ones are
 *     told at once to come back later; 0 turns all away
 * @param patience most that a command waits in all for others of this instance; a caller's own
 *     deadline may be shorter
 */
@Validated
@ConfigurationProperties("orderflow.commands")
record CommandProperties(
    @DefaultValue("1000") @Min(0) int maxInFlight, @DefaultValue("3s") Duration patience) {}
