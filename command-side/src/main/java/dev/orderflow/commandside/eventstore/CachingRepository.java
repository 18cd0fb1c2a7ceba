package dev.orderflow.commandside.eventstore;

import com.google.common.cache.CacheBuilder;
import java.util.concurrent.ConcurrentMap;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Keeps aggregates between commands, and never takes a kept one for current: it is caught up with
 * the events that other instances appended since, as far as the command knows of them ({@link
 * KnownHeads}). Only one command of this instance at a time uses an aggregate ({@link
 * StreamLocks}). It leaves the cache while it is used and comes back when the transaction has
 * committed: what a failure has touched is forgotten, whatever the failure.
 *
 * @param <T> the type of the aggregate
 */
final class CachingRepository<T> extends EventSourcingRepository<T> {
  private final EventStore store;
  private final ConcurrentMap<String, EventSourcedAggregate<T>> cache;

  /**
   * @param capacity most aggregates that are kept
   */
  CachingRepository(Builder<T> builder, EventStore store, int capacity) {
    super(builder);
    this.store = store;
    this.cache =
        CacheBuilder.newBuilder()
            .maximumSize(capacity)
            .<String, EventSourcedAggregate<T>>build()
            .asMap();
  }

  @Override
  protected EventSourcedAggregate<T> doLoadWithLock(String streamId, Long expectedVersion) {
    var aggregate = cache.remove(streamId);
    if (aggregate == null) {
      return super.doLoadWithLock(streamId, expectedVersion);
    }
    catchUp(streamId, aggregate);
    return aggregate;
  }

  private void catchUp(String streamId, EventSourcedAggregate<T> aggregate) {
    var head = KnownHeads.current().of(streamId);
    if (head == null || head < aggregate.version()) {
      // The store has lost events, as after a fail-over to a copy that was behind. Appending to
      // what we remember would leave a hole.
      throw new StaleAggregateException(streamId);
    }
    if (head > aggregate.version()) {
      aggregate.initializeState(store.readEvents(streamId, aggregate.version() + 1));
    }
  }

  @Override
  protected void doSaveWithLock(EventSourcedAggregate<T> aggregate) {
    super.doSaveWithLock(aggregate);
    CurrentUnitOfWork.get().afterCommit(_ -> cache.put(aggregate.identifierAsString(), aggregate));
  }
}
