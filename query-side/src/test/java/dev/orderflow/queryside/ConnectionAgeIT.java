package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.proto.ordering.v1.WatchOrderRequest;
import dev.orderflow.proto.ordering.v1.WatchOrderResponse;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections are given up for new ones now and then, so that callers find new instances. */
@Timeout(120)
class ConnectionAgeIT {
  private static final String CONNECTION = "spring.grpc.server.keepalive.connection.";
  private static final String MAX_AGE = "--" + CONNECTION + "max-age=1s";

  @Test
  void calls_move_to_a_new_connection_and_a_stream_goes_on_over_the_old_one() {
    placedBy("uma");
    try (var instance = RunningQuerySide.shared().another(MAX_AGE)) {
      var states = watch(instance, "uma");
      states.next();
      var first = connectionOfACall(instance);

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !connectionOfACall(instance).equals(first));
      instance.publisher().publish(confirmed("uma", 1, at(2)));

      assertThat(states.next().getOrder().getStatus())
          .isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
      assertThat(states.hasNext()).isFalse();
    }
  }

  @Test
  void callers_find_new_instances_within_a_minute_and_a_stream_lasts_as_long_as_a_token() {
    var running = RunningQuerySide.shared();

    assertThat(running.setting(CONNECTION + "max-age", Duration.class))
        .isLessThan(Duration.ofMinutes(1));
    assertThat(running.setting(CONNECTION + "grace-period", Duration.class))
        .isGreaterThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void a_stream_that_lasts_even_longer_is_broken_off_and_can_be_called_again() {
    placedBy("vic");
    try (var instance =
        RunningQuerySide.shared().another(MAX_AGE, "--" + CONNECTION + "grace-period=1s")) {
      var states = watch(instance, "vic");

      assertThatThrownBy(() -> states.forEachRemaining(_ -> {}))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
      await().until(() -> instance.openStreams() == 0);

      await().ignoreExceptions().until(() -> watch(instance, "vic").next().hasOrder());
    }
  }

  private static void placedBy(String user) {
    var running = RunningQuerySide.shared();
    running.publisher().publish(placed(user, 1));
    await()
        .until(() -> running.getAs(running.staff(), "/orders/" + orderId(user, 1)).status() == 200);
  }

  private static Iterator<WatchOrderResponse> watch(RunningQuerySide instance, String user) {
    return RunningQuerySide.as(
            instance.customer(user), OrderQueryServiceGrpc.newBlockingStub(instance.channel()))
        .watchOrder(WatchOrderRequest.newBuilder().setOrderId(orderId(user, 1).value()).build());
  }

  /** This end of it. */
  private static SocketAddress connectionOfACall(RunningQuerySide instance) {
    var connection = new AtomicReference<SocketAddress>();
    var answer =
        ProductServiceGrpc.newBlockingStub(instance.channel())
            .withInterceptors(new SeesConnection(connection))
            .listProducts(ListProductsRequest.getDefaultInstance());
    assertThat(answer).isNotNull();
    return connection.get();
  }

  private record SeesConnection(AtomicReference<SocketAddress> seen) implements ClientInterceptor {
    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<R> answers, Metadata headers) {
          super.start(
              new SimpleForwardingClientCallListener<>(answers) {
                @Override
                public void onHeaders(Metadata received) {
                  seen.set(getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR));
                  super.onHeaders(received);
                }
              },
              headers);
        }
      };
    }
  }
}
