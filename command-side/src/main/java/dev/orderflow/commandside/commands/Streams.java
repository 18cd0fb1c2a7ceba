package dev.orderflow.commandside.commands;

import dev.orderflow.commandside.eventstore.RememberedAggregate;
import dev.orderflow.commandside.eventstore.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;

/** The aggregates of a group of commands, with all that the commands before have applied. */
public final class Streams {
  private final Map<String, RememberedAggregate<?>> aggregates;
  private final List<DomainEventMessage<?>> events;
  private final Map<Consumer<?>, List<Object>> rows = new LinkedHashMap<>();

  /**
   * @param aggregates by stream
   * @param events to which the aggregates add what they apply
   */
  Streams(Map<String, RememberedAggregate<?>> aggregates, List<DomainEventMessage<?>> events) {
    this.aggregates = aggregates;
    this.events = events;
  }

  /**
   * An aggregate; one without events is new.
   *
   * @throws UnlockedStreamException when the command did not say that it touches it
   */
  @SuppressWarnings("unchecked")
  public <T> RememberedAggregate<T> get(StreamId<T> id) {
    var aggregate = aggregates.get(id.value());
    if (aggregate == null) {
      throw new UnlockedStreamException(id);
    }
    return (RememberedAggregate<T>) aggregate;
  }

  /**
   * Has rows written in the transaction of the events, those of all commands of the group at once.
   *
   * @param writer the same object for all rows of one kind
   */
  public <R> void write(Consumer<List<R>> writer, R row) {
    rows.computeIfAbsent(writer, _ -> new ArrayList<>()).add(row);
  }

  /** How many events and rows the commands so far have added. */
  int size() {
    return events.size() + rows.values().stream().mapToInt(List::size).sum();
  }

  @SuppressWarnings("unchecked")
  void writeRows() {
    rows.forEach((writer, written) -> ((Consumer<List<Object>>) writer).accept(written));
  }
}
