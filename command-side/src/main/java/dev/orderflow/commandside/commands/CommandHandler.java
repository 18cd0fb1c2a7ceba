package dev.orderflow.commandside.commands;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.eventstore.StreamId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Decides a command that spans several aggregates, in memory: it does nothing remote and nothing
 * slow. A command that one aggregate decides alone needs none.
 *
 * @param <C> the command
 */
public interface CommandHandler<C> {
  /** The types of the commands that it decides. */
  Set<Class<? extends C>> commandTypes();

  /** Aggregates that say which others the command touches; read before any lock is taken. */
  default Collection<StreamId<?>> readFirst(C command) {
    return List.of();
  }

  /**
   * All that the command touches.
   *
   * @param first what was read first; it may be out of date, and does not exist when it did not
   */
  Touched touched(C command, Streams first);

  /**
   * Decides, and only then applies: what it throws must not come after an event was applied.
   *
   * @param streams those that it touches, as they are under the locks
   * @return the answer
   * @throws Rejection when a rule of the business refuses the command; then nothing was applied
   */
  Object handle(C command, Streams streams) throws Exception;

  /**
   * The streams that a command touches.
   *
   * @param written those that it may append to; no other command touches them meanwhile
   * @param read those that it only reads; others may read them, too
   */
  record Touched(Set<StreamId<?>> written, Set<StreamId<?>> read) {}
}
