package dev.orderflow.commandside.commands;

import dev.orderflow.commandside.eventstore.RememberedAggregate;
import dev.orderflow.commandside.eventstore.StreamId;
import java.util.List;
import java.util.function.Consumer;

/** The aggregates of a group of commands, with all that the commands before have applied. */
public interface Streams {
  /**
   * An aggregate; one without events is new.
   *
   * @throws UnlockedStreamException when the command did not say that it touches it
   */
  <T> RememberedAggregate<T> get(StreamId<T> id);

  /**
   * Has rows written in the transaction of the events, those of all commands of the group at once.
   *
   * @param writer the same object for all rows of one kind
   */
  <R> void write(Consumer<List<R>> writer, R row);

  /** Calls it when the group is committed, before callers are answered. It must not block. */
  void afterCommit(Runnable action);
}
