package dev.orderflow.commandside.eventstore;

import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;

/**
 * Makes snapshots of aggregates with long streams. A snapshot is a record of the aggregate's state
 * with a revision of its own, not the aggregate itself: that may change its fields freely, and a
 * snapshot of another revision is passed over and made anew from the events.
 */
final class StateSnapshotter extends AggregateSnapshotter {
  StateSnapshotter(Builder builder) {
    super(builder);
  }

  @Override
  protected DomainEventMessage<?> createSnapshot(
      Class<?> aggregateType, String aggregateIdentifier, DomainEventStream eventStream) {
    var aggregate = super.createSnapshot(aggregateType, aggregateIdentifier, eventStream);
    return new GenericDomainEventMessage<>(
        aggregate.getType(),
        aggregate.getAggregateIdentifier(),
        aggregate.getSequenceNumber(),
        stateOf(aggregate.getPayload()));
  }

  private static Object stateOf(Object aggregate) {
    return switch (aggregate) {
      case Product product -> product.state();
      case InventoryItem item -> item.state();
      default -> throw new IllegalArgumentException("no snapshots of " + aggregate.getClass());
    };
  }
}
