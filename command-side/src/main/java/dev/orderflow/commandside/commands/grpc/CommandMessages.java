package dev.orderflow.commandside.commands.grpc;

import dev.orderflow.api.Rejection;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.command.v1.Outcome;
import java.util.Optional;

/** How a context reads its commands from messages, and shows what came of them. */
public interface CommandMessages {
  /**
   * The command in a message; empty when it is another context's.
   *
   * @throws Rejection when the unary call of the same name would refuse it at once
   */
  Optional<Object> read(Command message) throws Rejection;

  /** What a handler of this context answered to a command; empty when it is another context's. */
  Optional<Outcome> outcome(Object command, Object answer);
}
