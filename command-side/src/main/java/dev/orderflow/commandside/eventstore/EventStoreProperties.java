package dev.orderflow.commandside.eventstore;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How aggregates are kept ready.
 *
 * @param cachedAggregates most aggregates of one type that an instance keeps in memory
 * @param snapshotEvery after how many events of a stream its state is stored anew, so that loading
 *     it reads no more events than that
 */
@Validated
@ConfigurationProperties("orderflow.event-store")
record EventStoreProperties(
    @DefaultValue("10000") @Min(0) int cachedAggregates,
    @DefaultValue("200") @Min(1) int snapshotEvery) {}
