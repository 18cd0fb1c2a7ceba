package dev.orderflow.platform.consumption;

import dev.orderflow.api.DomainEvent;

/**
 * An event and its place in its aggregate's history.
 *
 * @param aggregateId names the aggregate among all aggregates of all types
 * @param sequence counts the aggregate's events, from 0
 */
public record SequencedEvent(DomainEvent event, String aggregateId, long sequence) {}
