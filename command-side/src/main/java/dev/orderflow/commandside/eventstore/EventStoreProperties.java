package dev.orderflow.commandside.eventstore;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How aggregates are kept ready.
 *
 * @param cachedAggregates most aggregates that an instance keeps in memory
 * @param snapshotEvery after how many events of a stream its state is stored anew, so that loading
 *     it reads no more events than that
 */
@Validated
@ConfigurationProperties("orderflow.event-store")
public record EventStoreProperties(
    @DefaultValue("20000") @Min(0) int cachedAggregates,
    @DefaultValue("1000") @Min(1) int snapshotEvery) {}
