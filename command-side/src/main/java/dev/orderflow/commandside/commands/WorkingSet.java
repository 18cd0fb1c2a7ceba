package dev.orderflow.commandside.commands;

import dev.orderflow.commandside.eventstore.RememberedAggregate;
import dev.orderflow.commandside.eventstore.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;

/** What a group of commands works on, and what is to be written for it. */
final class WorkingSet implements Streams {
  private final Map<String, RememberedAggregate<?>> aggregates;
  private final List<DomainEventMessage<?>> events;
  private final Map<Consumer<?>, List<Object>> rows = new LinkedHashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();

  /**
   * @param aggregates by stream
   * @param events to which the aggregates add what they apply
   */
  WorkingSet(Map<String, RememberedAggregate<?>> aggregates, List<DomainEventMessage<?>> events) {
    this.aggregates = aggregates;
    this.events = events;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> RememberedAggregate<T> get(StreamId<T> id) {
    var aggregate = aggregates.get(id.value());
    if (aggregate == null) {
      throw new UnlockedStreamException(id);
    }
    return (RememberedAggregate<T>) aggregate;
  }

  @Override
  public <R> void write(Consumer<List<R>> writer, R row) {
    rows.computeIfAbsent(writer, _ -> new ArrayList<>()).add(row);
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /** How many events, rows and callbacks the commands so far have added. */
  int size() {
    return events.size() + rows.values().stream().mapToInt(List::size).sum() + afterCommit.size();
  }

  @SuppressWarnings("unchecked")
  void writeRows() {
    rows.forEach((writer, written) -> ((Consumer<List<Object>>) writer).accept(written));
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
