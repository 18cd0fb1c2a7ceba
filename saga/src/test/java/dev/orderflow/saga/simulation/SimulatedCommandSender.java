package dev.orderflow.saga.simulation;

import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.saga.commandside.CommandSender;
import dev.orderflow.saga.commandside.Outcome;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The way to a command side in memory: calls get lost on it, and so do answers. */
public final class SimulatedCommandSender implements CommandSender {
  private final CommandSideModel commandSide;
  private final Chance chance;
  private long decided;

  /** To this command side. */
  public SimulatedCommandSender(CommandSideModel commandSide, Chance chance) {
    this.commandSide = commandSide;
    this.chance = chance;
  }

  /** How many commands have been decided. */
  public long decided() {
    return decided;
  }

  @Override
  public List<Outcome> execute(List<Command> commands) {
    var before = decided;
    try {
      var outcomes = new ArrayList<Outcome>();
      for (var command : commands) {
        chance.between();
        outcomes.add(decide(command, commands.size()));
      }
      chance.between();
      return outcomes;
    } catch (InjectedFault.Failure _) {
      chance.saw(Coverage.FAILURE);
      if (commands.size() > 1 && decided > before) {
        chance.saw(Coverage.GROUP_NOT_ANSWERED);
      }
      return Collections.nCopies(commands.size(), failed(Status.UNAVAILABLE));
    }
  }

  private Outcome decide(Command command, int groupSize) {
    if (chance.oneIn(24)) {
      if (groupSize > 1) {
        chance.saw(Coverage.ONE_OF_A_GROUP_THREW);
      }
      return failed(Status.INTERNAL);
    }
    try {
      commandSide.handle(command);
    } catch (StatusRuntimeException refusal) {
      return new Outcome.Failed(refusal);
    }
    decided++;
    return new Outcome.Decided();
  }

  private static Outcome failed(Status status) {
    return new Outcome.Failed(status.asRuntimeException());
  }
}
