package dev.orderflow.commandside.commands;

import dev.orderflow.commandside.eventstore.AggregateType;
import java.util.Set;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.CreationPolicyMember;

/**
 * Hands a command to the one aggregate that it is asked of.
 *
 * @param creates whether the command may find the aggregate without events
 */
record AggregateCommandHandler<T, C>(
    AggregateType<T, ? super C> type, Class<C> commandType, boolean creates)
    implements CommandHandler<C> {
  static <T, C> AggregateCommandHandler<T, C> of(
      AggregateType<T, ? super C> type, Class<C> commandType, AggregateModel<T> model) {
    return new AggregateCommandHandler<>(type, commandType, creates(type, commandType, model));
  }

  private static <T> boolean creates(
      AggregateType<T, ?> type, Class<?> command, AggregateModel<T> model) {
    return model
        .commandHandlers(type.root())
        .filter(handler -> handler.payloadType().equals(command))
        .map(handler -> creates(handler))
        .findFirst()
        .orElse(false);
  }

  private static boolean creates(MessageHandlingMember<?> handler) {
    return handler
        .unwrap(CreationPolicyMember.class)
        .map(policy -> policy.creationPolicy() != AggregateCreationPolicy.NEVER)
        .orElse(false);
  }

  @Override
  public Set<Class<? extends C>> commandTypes() {
    return Set.of(commandType);
  }

  @Override
  public Touched touched(C command, Streams first) {
    return new Touched(Set.of(type.stream(type.streamOf().apply(command))), Set.of());
  }

  @Override
  public Object handle(C command, Streams streams) throws Exception {
    var aggregate = streams.get(type.stream(type.streamOf().apply(command)));
    if (!aggregate.exists() && !creates) {
      throw type.unknown().apply(command);
    }
    return aggregate.decide(command);
  }
}
