package dev.orderflow.commandside.eventstore;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.jspecify.annotations.Nullable;

/** Makes aggregates from their events, many at once. */
public final class Aggregates {
  private final EventStorage storage;
  private final Map<Class<?>, AggregateModel<?>> models;

  Aggregates(
      EventStorage storage,
      Collection<AggregateType<?, ?>> types,
      ParameterResolverFactory parameters) {
    this.storage = storage;
    this.models =
        types.stream().collect(toMap(AggregateType::root, type -> model(type.root(), parameters)));
  }

  private static <T> AggregateModel<T> model(Class<T> root, ParameterResolverFactory parameters) {
    return AnnotatedAggregateMetaModelFactory.inspectAggregate(root, parameters);
  }

  /** How the annotations of a type read. */
  @SuppressWarnings("unchecked")
  public <T> AggregateModel<T> model(AggregateType<T, ?> type) {
    return (AggregateModel<T>) Objects.requireNonNull(models.get(type.root()), type::name);
  }

  /**
   * How an aggregate stands right now, without waiting for its writers.
   *
   * @return what the function sees in it; empty when there is no such aggregate
   */
  public <T, S> Optional<S> read(StreamId<T> id, Function<T, S> state) {
    return read(List.of(id), state).values().stream().findFirst();
  }

  /** The same of several aggregates, by stream; those that do not exist are missing. */
  public <T, S> Map<String, S> read(Collection<StreamId<T>> ids, Function<T, S> state) {
    var events = storage.read(ids.stream().collect(toMap(StreamId::value, _ -> 0L, (a, _) -> a)));
    var states = new HashMap<String, S>();
    for (var id : ids) {
      var stream = events.get(id.value());
      if (stream != null) {
        var aggregate = toRead(id);
        aggregate.catchUp(stream);
        states.put(id.value(), aggregate.invoke(state));
      }
    }
    return states;
  }

  /** One without events, that is only read. */
  <T> RememberedAggregate<T> toRead(StreamId<T> id) {
    return create(id, Aggregates::refuse);
  }

  private static void refuse(DomainEventMessage<?> event) {
    throw new IllegalStateException("only read, and yet applied: " + event.getPayloadType());
  }

  /**
   * Aggregates as they are in the store: remembered ones are caught up, others are read, those
   * without events are new.
   *
   * @param remembered by stream; not one of them is taken for current
   * @param applied is given the events that they apply
   */
  public Map<String, RememberedAggregate<?>> current(
      Collection<StreamId<?>> ids,
      Function<String, @Nullable RememberedAggregate<?>> remembered,
      Consumer<DomainEventMessage<?>> applied) {
    var current = new HashMap<String, RememberedAggregate<?>>();
    var behind = new HashMap<String, Long>();
    var unread = new ArrayList<StreamId<?>>();
    var last = storage.versions(ids.stream().map(StreamId::value).toList());
    for (var id : ids) {
      var version = last.get(id.value());
      var aggregate = remembered.apply(id.value());
      if (version == null) {
        aggregate = create(id, applied);
      } else if (aggregate == null || isAhead(aggregate, version)) {
        aggregate = create(id, applied);
        unread.add(id);
        behind.put(id.value(), 0L);
      } else if (aggregate.lastVersion() < version) {
        behind.put(id.value(), aggregate.lastVersion() + 1);
      }
      current.put(id.value(), aggregate);
    }
    restore(unread, current, behind);
    storage
        .read(behind)
        .forEach((id, events) -> Objects.requireNonNull(current.get(id), id).catchUp(events));
    return current;
  }

  /** Then the store has lost events, as after a fail-over to a copy that was behind. */
  private static boolean isAhead(RememberedAggregate<?> aggregate, long version) {
    return aggregate.lastVersion() > version;
  }

  /** Begins with snapshots where there are some; types without are not looked up. */
  private void restore(
      List<StreamId<?>> unread,
      Map<String, RememberedAggregate<?>> current,
      Map<String, Long> behind) {
    var byForm = new HashMap<Class<?>, List<String>>();
    for (var id : unread) {
      if (id.type().snapshots() != null) {
        byForm
            .computeIfAbsent(id.type().snapshots().form(), _ -> new ArrayList<>())
            .add(id.value());
      }
    }
    byForm.forEach((form, ids) ->
        storage
            .snapshots(form, ids)
            .forEach((id, snapshot) -> {
              Objects.requireNonNull(current.get(id), id).restore(snapshot);
              behind.put(id, snapshot.getSequenceNumber() + 1);
            }));
  }

  /** Stores the state of an aggregate that has so many events since it was stored last. */
  public <T> void snapshot(StreamId<T> id, RememberedAggregate<?> aggregate, int every) {
    var snapshots = id.type().snapshots();
    if (snapshots != null && aggregate.eventsSinceSnapshot() >= every) {
      var root = id.type().root().cast(aggregate.getAggregateRoot());
      storage.replaceSnapshot(aggregate.snapshot(snapshots.state().apply(root)));
    }
  }

  private <T> RememberedAggregate<T> create(
      StreamId<T> id, Consumer<DomainEventMessage<?>> applied) {
    return new RememberedAggregate<>(id.type().empty().get(), model(id.type()), applied);
  }
}
