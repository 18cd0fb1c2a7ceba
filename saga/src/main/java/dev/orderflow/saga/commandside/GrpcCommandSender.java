package dev.orderflow.saga.commandside;

import com.google.common.collect.Lists;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.command.v1.CommandServiceGrpc;
import dev.orderflow.proto.command.v1.ExecuteRequest;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Component;

/** Sends up to 500 commands in a call, which must be answered within 3 s. */
@Component
final class GrpcCommandSender implements CommandSender {
  private static final int MOST_AT_ONCE = 500;

  private final CommandSideConnection commandSide;

  GrpcCommandSender(CommandSideConnection commandSide) {
    this.commandSide = commandSide;
  }

  @Override
  public List<Outcome> execute(List<Command> commands) {
    return Lists.partition(commands, MOST_AT_ONCE).stream()
        .flatMap(part -> call(part).stream())
        .toList();
  }

  private List<Outcome> call(List<Command> commands) {
    try {
      var answer =
          commandSide
              .within3Seconds(CommandServiceGrpc::newBlockingStub)
              .execute(ExecuteRequest.newBuilder().addAllCommands(commands).build());
      if (answer.getOutcomesCount() != commands.size()) {
        throw new IllegalStateException(answer.getOutcomesCount() + " outcomes");
      }
      return answer.getOutcomesList().stream().map(GrpcCommandSender::outcome).toList();
    } catch (RuntimeException e) {
      // The status is about the call, not about a command: so it is no refusal.
      var unknown =
          Status.UNAVAILABLE.withDescription("Not answered: " + e.getMessage()).withCause(e);
      return Collections.nCopies(commands.size(), new Outcome.Failed(unknown.asRuntimeException()));
    }
  }

  private static Outcome outcome(dev.orderflow.proto.command.v1.Outcome outcome) {
    return outcome.hasError()
        ? new Outcome.Failed(StatusProto.toStatusRuntimeException(outcome.getError()))
        : new Outcome.Decided();
  }
}
