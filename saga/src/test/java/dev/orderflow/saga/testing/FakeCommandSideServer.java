package dev.orderflow.saga.testing;

import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.command.v1.CommandServiceGrpc;
import dev.orderflow.proto.command.v1.ExecuteRequest;
import dev.orderflow.proto.command.v1.ExecuteResponse;
import dev.orderflow.proto.command.v1.Outcome;
import dev.orderflow.proto.inventory.v1.StockLevels;
import dev.orderflow.proto.ordering.v1.ContactServiceGrpc;
import dev.orderflow.proto.ordering.v1.GetContactsRequest;
import dev.orderflow.proto.ordering.v1.GetContactsResponse;
import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderContact;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.proto.payment.v1.GetPaymentsRequest;
import dev.orderflow.proto.payment.v1.GetPaymentsResponse;
import dev.orderflow.proto.payment.v1.PaymentOutcome;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Serves a {@link FakeCommandSide} over gRPC, to callers with the service's token only. */
public final class FakeCommandSideServer implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final FakeCommandSide commandSide;
  private final Map<String, OrderContact> contacts = new ConcurrentHashMap<>();
  private final Map<String, Queue<Status>> failures = new ConcurrentHashMap<>();
  private final Server server;

  /** Starts it on a free port. */
  public FakeCommandSideServer(FakeCommandSide commandSide) throws IOException {
    this.commandSide = commandSide;
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .intercept(new TokenCheck())
            .addService(new Commands())
            .addService(new Payments())
            .addService(new Contacts())
            .build()
            .start();
  }

  String target() {
    return "instances:///127.0.0.1:" + server.getPort();
  }

  /** Lets an order have a contact. */
  public void hasContact(OrderContact contact) {
    contacts.put(contact.getOrderId(), contact);
  }

  /** Lets the contact of an order be erased. */
  public void forgetsContact(OrderId orderId) {
    contacts.remove(orderId.value());
  }

  /**
   * Lets the next command or question of a kind about a subject fail; several, one after the other.
   * Whole calls of {@code Execute} have the subject "".
   */
  public void failNext(String method, String subject, Status... statuses) {
    failures.put(method + " " + subject, new ConcurrentLinkedQueue<>(List.of(statuses)));
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private @Nullable Status failureOf(String method, String subject) {
    commandSide.called(method, subject);
    return failures.getOrDefault(method + " " + subject, new ConcurrentLinkedQueue<>()).poll();
  }

  private final class Commands extends CommandServiceGrpc.CommandServiceImplBase {
    @Override
    public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> observer) {
      var failure = failureOf("Execute", "");
      if (failure != null) {
        observer.onError(failure.asRuntimeException());
        return;
      }
      observer.onNext(
          ExecuteResponse.newBuilder()
              .addAllOutcomes(request.getCommandsList().stream().map(this::decide).toList())
              .build());
      observer.onCompleted();
    }

    private Outcome decide(Command command) {
      return switch (command.getCommandCase()) {
        case REQUEST_PAYMENT -> {
          var request = command.getRequestPayment();
          yield outcome(
              "RequestPayment",
              request.getOrderId(),
              to -> to.setPayment(commandSide.requestPayment(request)));
        }
        case COMPLETE_PAYMENT -> {
          var request = command.getCompletePayment();
          yield outcome(
              "CompletePayment",
              request.getPaymentId(),
              to ->
                  to.setPayment(
                      commandSide.completePayment(
                          request.getPaymentId(),
                          request.getOutcome() == PaymentOutcome.PAYMENT_OUTCOME_SUCCESS,
                          request.getReason())));
        }
        case REQUEST_REFUND -> {
          var id = command.getRequestRefund().getPaymentId();
          yield outcome("RequestRefund", id, to -> to.setPayment(commandSide.requestRefund(id)));
        }
        case COMPLETE_REFUND -> {
          var id = command.getCompleteRefund().getPaymentId();
          yield outcome("CompleteRefund", id, to -> to.setPayment(commandSide.completeRefund(id)));
        }
        case CONFIRM_ORDER -> {
          var id = command.getConfirmOrder().getOrderId();
          yield outcome("ConfirmOrder", id, to -> to.setOrder(order(id, commandSide.confirm(id))));
        }
        case CANCEL_ORDER -> {
          var request = command.getCancelOrder();
          var id = request.getOrderId();
          var reason =
              CancelReason.valueOf(request.getReason().name().substring("CANCEL_REASON_".length()));
          yield outcome(
              "CancelOrder", id, to -> to.setOrder(order(id, commandSide.cancel(id, reason))));
        }
        case COMMIT_STOCK -> {
          var request = command.getCommitStock();
          yield outcome(
              "CommitStock",
              request.getReservationId() + " " + request.getProductId(),
              to -> to.setStock(StockLevels.getDefaultInstance()));
        }
        case RELEASE_STOCK -> {
          var request = command.getReleaseStock();
          yield outcome(
              "ReleaseStock",
              request.getReservationId() + " " + request.getProductId(),
              to -> to.setStock(StockLevels.getDefaultInstance()));
        }
        case COMMAND_NOT_SET -> throw new IllegalArgumentException("no command");
      };
    }

    private Outcome outcome(String method, String subject, Consumer<Outcome.Builder> decide) {
      var outcome = Outcome.newBuilder();
      var failure = failureOf(method, subject);
      try {
        if (failure != null) {
          throw failure.asRuntimeException();
        }
        decide.accept(outcome);
      } catch (StatusRuntimeException refusal) {
        outcome.setError(StatusProto.fromStatusAndTrailers(refusal.getStatus(), null));
      }
      return outcome.build();
    }

    private static Order order(String id, OrderStatus status) {
      return Order.newBuilder().setOrderId(id).setStatus(status).build();
    }
  }

  private final class Payments extends PaymentServiceGrpc.PaymentServiceImplBase {
    /** One that is to fail as not found is missing. */
    @Override
    public void getPayments(
        GetPaymentsRequest request, StreamObserver<GetPaymentsResponse> observer) {
      var answer = GetPaymentsResponse.newBuilder();
      for (var id : request.getPaymentIdsList()) {
        var failure = failureOf("GetPayment", id);
        var payment = commandSide.find(id);
        if (failure != null && failure.getCode() != Status.Code.NOT_FOUND) {
          observer.onError(failure.asRuntimeException());
          return;
        }
        if (failure == null && payment != null) {
          answer.addPayments(payment);
        }
      }
      observer.onNext(answer.build());
      observer.onCompleted();
    }
  }

  private final class Contacts extends ContactServiceGrpc.ContactServiceImplBase {
    @Override
    public void getContacts(
        GetContactsRequest request, StreamObserver<GetContactsResponse> observer) {
      var answer = GetContactsResponse.newBuilder();
      for (var id : request.getOrderIdsList()) {
        var failure = failureOf("GetContact", id);
        if (failure != null) {
          observer.onError(failure.asRuntimeException());
          return;
        }
        if (contacts.containsKey(id)) {
          answer.addContacts(contacts.get(id));
        }
      }
      observer.onNext(answer.build());
      observer.onCompleted();
    }
  }

  private static final class TokenCheck implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (("Bearer " + FakeTokenEndpoint.TOKEN).equals(headers.get(AUTHORIZATION))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED, new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
