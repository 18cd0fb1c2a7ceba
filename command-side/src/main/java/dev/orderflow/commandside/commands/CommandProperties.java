package dev.orderflow.commandside.commands;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many commands an instance takes on.
 *
 * @param maxInFlight most calls whose commands are decided or wait; further ones are told at once
 *     to come back later; 0 turns all away
 * @param maxGroup most commands that are decided in one transaction
 * @param linger least time from one group to the next, in which commands gather: every group costs
 *     the same, whatever is in it. After a quiet moment nothing waits
 * @param patience most that a command waits to be decided; a caller's own deadline may be shorter
 */
@Validated
@ConfigurationProperties("orderflow.commands")
record CommandProperties(
    @DefaultValue("1000") @Min(0) int maxInFlight,
    @DefaultValue("256") @Min(1) @Max(1000) int maxGroup,
    @DefaultValue("10ms") Duration linger,
    @DefaultValue("3s") Duration patience) {}
