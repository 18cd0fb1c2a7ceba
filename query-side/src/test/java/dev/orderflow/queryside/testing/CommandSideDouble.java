package dev.orderflow.queryside.testing;

import dev.orderflow.proto.ordering.v1.GetOrderRequest;
import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Stands in for the command side's OrderService. */
public final class CommandSideDouble {
  private final Map<String, Order> orders = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
  private final Server server;
  private volatile @Nullable Status failure;

  public CommandSideDouble() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
              .addService(new Orders())
              .intercept(new RecordTokens())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String target() {
    return "instances:///127.0.0.1:" + server.getPort();
  }

  public void knows(Order order) {
    orders.put(order.getOrderId(), order);
  }

  /** Every call fails with this status; null: none does. */
  public void failsWith(@Nullable Status status) {
    failure = status;
  }

  /** The ids of the orders that it was asked for. */
  public Queue<String> asked() {
    return asked;
  }

  /** What the calls were authorized with. */
  public Queue<String> tokens() {
    return tokens;
  }

  private final class Orders extends OrderServiceGrpc.OrderServiceImplBase {
    @Override
    public void getOrder(GetOrderRequest request, StreamObserver<Order> answer) {
      asked.add(request.getOrderId());
      var order = orders.get(request.getOrderId());
      var status = failure;
      if (status != null) {
        answer.onError(status.asException());
      } else if (order == null) {
        answer.onError(Status.NOT_FOUND.asException());
      } else {
        answer.onNext(order);
        answer.onCompleted();
      }
    }
  }

  private final class RecordTokens implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      tokens.add(headers.get(AUTHORIZATION));
      return next.startCall(call, headers);
    }
  }
}
