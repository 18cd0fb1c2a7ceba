package dev.orderflow.commandside.commands.grpc;

import dev.orderflow.api.Rejection;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.GrpcFailures;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.command.v1.CommandServiceGrpc.CommandServiceImplBase;
import dev.orderflow.proto.command.v1.ExecuteRequest;
import dev.orderflow.proto.command.v1.ExecuteResponse;
import dev.orderflow.proto.command.v1.Outcome;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CommandGrpcService extends CommandServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(CommandGrpcService.class);

  private final CommandGateway commands;
  private final List<CommandMessages> contexts;

  CommandGrpcService(CommandGateway commands, List<CommandMessages> contexts) {
    this.commands = commands;
    this.contexts = List.copyOf(contexts);
  }

  @Override
  public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> observer) {
    UnaryCall.answer(observer, () -> execute(request.getCommandsList()));
  }

  private ExecuteResponse execute(List<Command> messages) {
    ListSize.require("commands", messages.size());
    var outcomes = new ArrayList<Outcome>();
    var readable = new ArrayList<Object>();
    var places = new ArrayList<Integer>();
    for (var message : messages) {
      try {
        readable.add(read(message));
        places.add(outcomes.size());
        outcomes.add(Outcome.getDefaultInstance());
      } catch (Rejection | RuntimeException e) {
        outcomes.add(failed(e));
      }
    }
    var decided = commands.executeAll(readable, this::answered, CommandGrpcService::failed);
    for (var i = 0; i < decided.size(); i++) {
      outcomes.set(places.get(i), decided.get(i));
    }
    return ExecuteResponse.newBuilder().addAllOutcomes(outcomes).build();
  }

  private Object read(Command message) throws Rejection {
    for (var context : contexts) {
      var command = context.read(message);
      if (command.isPresent()) {
        return command.get();
      }
    }
    throw new InvalidRequestException(
        ErrorCode.VALIDATION_FAILED,
        List.of(new FieldViolation("command", "must be one that this version knows")));
  }

  private Outcome answered(Object command, Object answer) {
    return contexts.stream()
        .flatMap(context -> context.outcome(command, answer).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing shows " + answer.getClass()));
  }

  private static Outcome failed(Exception error) {
    var failure = Failure.of(error);
    if (failure.code() == ErrorCode.INTERNAL) {
      LOG.error("A command failed", error);
    }
    return Outcome.newBuilder().setError(GrpcFailures.messageOf(failure)).build();
  }
}
