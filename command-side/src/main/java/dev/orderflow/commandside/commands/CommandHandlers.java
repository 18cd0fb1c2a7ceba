package dev.orderflow.commandside.commands;

import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.Aggregates;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Finds what decides a command: a handler of its type, or else the aggregate that it addresses. */
@Component
final class CommandHandlers {
  private final Map<Class<?>, CommandHandler<?>> handlers = new HashMap<>();

  CommandHandlers(
      Collection<AggregateType<?, ?>> types,
      Aggregates aggregates,
      Collection<CommandHandler<?>> spanning) {
    types.forEach(type -> add(type, aggregates));
    spanning.forEach(
        handler -> handler.commandTypes().forEach(command -> handlers.put(command, handler)));
  }

  private <T, C> void add(AggregateType<T, C> type, Aggregates aggregates) {
    var model = aggregates.model(type);
    for (var command : type.commands().getPermittedSubclasses()) {
      handlers.put(
          command, AggregateCommandHandler.of(type, command.asSubclass(type.commands()), model));
    }
  }

  /**
   * The handler of a command.
   *
   * @throws IllegalArgumentException when there is none: a bug of the sender
   */
  @SuppressWarnings("unchecked")
  CommandHandler<Object> of(Object command) {
    var handler = handlers.get(command.getClass());
    if (handler == null) {
      throw new IllegalArgumentException("nothing decides " + command.getClass());
    }
    return (CommandHandler<Object>) handler;
  }
}
