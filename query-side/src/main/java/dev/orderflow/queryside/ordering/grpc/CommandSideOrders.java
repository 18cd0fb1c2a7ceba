package dev.orderflow.queryside.ordering.grpc;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.proto.ordering.v1.GetOrderRequest;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.queryside.ordering.application.FreshOrders;
import dev.orderflow.queryside.ordering.model.Order;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.interceptor.security.BearerTokenAuthenticationInterceptor;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.stereotype.Component;

/**
 * Asks the command side with the token of the caller, so that it decides what the caller may see.
 */
@Component
class CommandSideOrders implements FreshOrders {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final ManagedChannel channel;
  private final OrderServiceGrpc.OrderServiceBlockingStub orders;

  CommandSideOrders(GrpcChannelFactory channels) {
    Supplier<String> token = () -> Caller.current().token();
    this.channel =
        channels.createChannel(
            "command-side",
            ChannelBuilderOptions.defaults()
                .withInterceptors(List.of(new BearerTokenAuthenticationInterceptor(token))));
    this.orders = OrderServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public Optional<Order> find(OrderId orderId) {
    try {
      var answer =
          orders
              .withDeadlineAfter(DEADLINE)
              .getOrder(GetOrderRequest.newBuilder().setOrderId(orderId.value()).build());
      return Optional.of(OrderMessages.read(answer));
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case NOT_FOUND, PERMISSION_DENIED -> Optional.empty();
        // It held when it came in, and has expired since.
        case UNAUTHENTICATED -> throw new CredentialsExpiredException("the caller's token", e);
        case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> {
          // Left alone, gRPC pauses ever longer between attempts to connect, up to two minutes.
          channel.resetConnectBackoff();
          throw new UnavailableException(
              "The order is not known here yet, and its origin does not answer; try again.", e);
        }
        default -> throw e;
      };
    }
  }
}
