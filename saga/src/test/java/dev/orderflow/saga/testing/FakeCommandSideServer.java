package dev.orderflow.saga.testing;

import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.inventory.v1.CommitStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import dev.orderflow.proto.inventory.v1.ReleaseStockRequest;
import dev.orderflow.proto.inventory.v1.StockLevels;
import dev.orderflow.proto.ordering.v1.CancelOrderRequest;
import dev.orderflow.proto.ordering.v1.ConfirmOrderRequest;
import dev.orderflow.proto.ordering.v1.ContactServiceGrpc;
import dev.orderflow.proto.ordering.v1.GetContactRequest;
import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderContact;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.CompleteRefundRequest;
import dev.orderflow.proto.payment.v1.GetPaymentRequest;
import dev.orderflow.proto.payment.v1.Payment;
import dev.orderflow.proto.payment.v1.PaymentOutcome;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import dev.orderflow.proto.payment.v1.RequestRefundRequest;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

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
            .addService(new Orders())
            .addService(new Payments())
            .addService(new Inventory())
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

  /** Lets the next call of a method for a subject fail; several, one after the other. */
  public void failNext(String method, String subject, Status... statuses) {
    failures.put(method + " " + subject, new ConcurrentLinkedQueue<>(List.of(statuses)));
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private <T> void answer(
      StreamObserver<T> observer, String method, String subject, Supplier<T> answer) {
    commandSide.called(method, subject);
    var failure =
        failures.getOrDefault(method + " " + subject, new ConcurrentLinkedQueue<>()).poll();
    if (failure != null) {
      observer.onError(failure.asRuntimeException());
      return;
    }
    var value = answer.get();
    if (value == null) {
      observer.onError(Status.NOT_FOUND.asRuntimeException());
      return;
    }
    observer.onNext(value);
    observer.onCompleted();
  }

  private final class Orders extends OrderServiceGrpc.OrderServiceImplBase {
    @Override
    public void confirmOrder(ConfirmOrderRequest request, StreamObserver<Order> observer) {
      var id = request.getOrderId();
      answer(
          observer, "ConfirmOrder", id, () -> order(id).setStatus(commandSide.confirm(id)).build());
    }

    @Override
    public void cancelOrder(CancelOrderRequest request, StreamObserver<Order> observer) {
      var id = request.getOrderId();
      var reason =
          CancelReason.valueOf(request.getReason().name().substring("CANCEL_REASON_".length()));
      answer(
          observer,
          "CancelOrder",
          id,
          () -> order(id).setStatus(commandSide.cancel(id, reason)).build());
    }

    private static Order.Builder order(String id) {
      return Order.newBuilder().setOrderId(id);
    }
  }

  private final class Payments extends PaymentServiceGrpc.PaymentServiceImplBase {
    @Override
    public void requestPayment(RequestPaymentRequest request, StreamObserver<Payment> observer) {
      answer(
          observer,
          "RequestPayment",
          request.getOrderId(),
          () -> commandSide.requestPayment(request));
    }

    @Override
    public void completePayment(CompletePaymentRequest request, StreamObserver<Payment> observer) {
      answer(
          observer,
          "CompletePayment",
          request.getPaymentId(),
          () ->
              commandSide.completePayment(
                  request.getPaymentId(),
                  request.getOutcome() == PaymentOutcome.PAYMENT_OUTCOME_SUCCESS,
                  request.getReason()));
    }

    @Override
    public void requestRefund(RequestRefundRequest request, StreamObserver<Payment> observer) {
      answer(
          observer,
          "RequestRefund",
          request.getPaymentId(),
          () -> commandSide.requestRefund(request.getPaymentId()));
    }

    @Override
    public void completeRefund(CompleteRefundRequest request, StreamObserver<Payment> observer) {
      answer(
          observer,
          "CompleteRefund",
          request.getPaymentId(),
          () -> commandSide.completeRefund(request.getPaymentId()));
    }

    @Override
    public void getPayment(GetPaymentRequest request, StreamObserver<Payment> observer) {
      answer(
          observer,
          "GetPayment",
          request.getPaymentId(),
          () -> commandSide.find(request.getPaymentId()));
    }
  }

  private final class Inventory extends InventoryServiceGrpc.InventoryServiceImplBase {
    @Override
    public void commitStock(CommitStockRequest request, StreamObserver<StockLevels> observer) {
      answer(
          observer,
          "CommitStock",
          request.getReservationId() + " " + request.getProductId(),
          StockLevels::getDefaultInstance);
    }

    @Override
    public void releaseStock(ReleaseStockRequest request, StreamObserver<StockLevels> observer) {
      answer(
          observer,
          "ReleaseStock",
          request.getReservationId() + " " + request.getProductId(),
          StockLevels::getDefaultInstance);
    }
  }

  private final class Contacts extends ContactServiceGrpc.ContactServiceImplBase {
    @Override
    public void getContact(GetContactRequest request, StreamObserver<OrderContact> observer) {
      answer(
          observer, "GetContact", request.getOrderId(), () -> contacts.get(request.getOrderId()));
    }
  }

  private static final class TokenCheck implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (("Bearer " + TokenEndpoint.TOKEN).equals(headers.get(AUTHORIZATION))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED, new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
