package dev.orderflow.commandside;

import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand.CompleteRefund;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.commandside.inventory.application.StockService;
import dev.orderflow.commandside.inventory.grpc.StockMessages;
import dev.orderflow.commandside.ordering.application.OrderService;
import dev.orderflow.commandside.ordering.grpc.OrderMessages;
import dev.orderflow.commandside.ordering.model.OrderState;
import dev.orderflow.commandside.payment.grpc.PaymentMessages;
import dev.orderflow.commandside.payment.model.PaymentState;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.GrpcFailures;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.command.v1.CommandServiceGrpc.CommandServiceImplBase;
import dev.orderflow.proto.command.v1.ExecuteRequest;
import dev.orderflow.proto.command.v1.ExecuteResponse;
import dev.orderflow.proto.command.v1.Outcome;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.grpc.server.service.GrpcService;

/** Commands of all contexts in lists. */
@GrpcService
class CommandGrpcService extends CommandServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(CommandGrpcService.class);
  private static final int MOST = 500;

  private final CommandGateway commands;
  private final OrderService orders;

  CommandGrpcService(CommandGateway commands, OrderService orders) {
    this.commands = commands;
    this.orders = orders;
  }

  @Override
  public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> observer) {
    UnaryCall.answer(
        observer,
        () -> {
          RequestCheck.requireAtMost(MOST, "commands", request.getCommandsCount());
          var caller = Caller.current();
          var outcomes =
              commands.executeAll(
                  request.getCommandsList(),
                  message -> read(caller, message),
                  Command::getTraceparent,
                  CommandGrpcService::answered,
                  (_, error) -> failed(error));
          return ExecuteResponse.newBuilder().addAllOutcomes(outcomes).build();
        });
  }

  private Object read(Caller caller, Command message) throws Rejection {
    return switch (message.getCommandCase()) {
      case REQUEST_PAYMENT -> PaymentMessages.command(message.getRequestPayment());
      case COMPLETE_PAYMENT -> PaymentMessages.command(message.getCompletePayment());
      case REQUEST_REFUND ->
          new RequestRefund(new PaymentId(message.getRequestRefund().getPaymentId()));
      case COMPLETE_REFUND ->
          new CompleteRefund(new PaymentId(message.getCompleteRefund().getPaymentId()));
      case CONFIRM_ORDER -> new ConfirmOrder(new OrderId(message.getConfirmOrder().getOrderId()));
      case CANCEL_ORDER ->
          orders.cancellation(
              caller,
              message.getCancelOrder().getOrderId(),
              OrderMessages.reason(message.getCancelOrder().getReason()));
      case COMMIT_STOCK ->
          StockService.settlement(
              message.getCommitStock().getProductId(),
              message.getCommitStock().getReservationId(),
              CommitStock::new);
      case RELEASE_STOCK ->
          StockService.settlement(
              message.getReleaseStock().getProductId(),
              message.getReleaseStock().getReservationId(),
              ReleaseStock::new);
      case COMMAND_NOT_SET ->
          throw new InvalidRequestException(
              ErrorCode.VALIDATION_FAILED,
              List.of(new FieldViolation("command", "must be one that this version knows")));
    };
  }

  private static Outcome answered(Command message, Object answer) {
    var outcome = Outcome.newBuilder();
    switch (answer) {
      case OrderState order -> outcome.setOrder(OrderMessages.order(order));
      case PaymentState payment -> outcome.setPayment(PaymentMessages.payment(payment));
      case StockLevels levels ->
          outcome.setStock(
              StockMessages.levels(
                  message.hasCommitStock()
                      ? message.getCommitStock().getProductId()
                      : message.getReleaseStock().getProductId(),
                  levels));
      default -> throw new IllegalStateException("no outcome of " + message.getCommandCase());
    }
    return outcome.build();
  }

  private static Outcome failed(Exception error) {
    var failure = Failure.of(error);
    if (failure.code() == ErrorCode.INTERNAL) {
      LOG.error("A command failed because of a bug; its sender got INTERNAL", error);
    }
    return Outcome.newBuilder().setError(GrpcFailures.messageOf(failure)).build();
  }
}
