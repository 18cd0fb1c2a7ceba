package dev.orderflow.saga.commandside;

import dev.orderflow.proto.command.v1.Command;
import java.util.List;

/** The one way in which commands are sent. Every command may be sent again. */
public interface CommandSender {
  /**
   * Has the commands decided in their order, each on its own.
   *
   * @return the outcomes, in the order of the commands; whatever goes wrong is in them
   */
  List<Outcome> execute(List<Command> commands);
}
