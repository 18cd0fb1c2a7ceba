package dev.orderflow.queryside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.testing.GrpcCalls;
import dev.orderflow.platform.testing.GrpcServerRules;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of every gRPC server. */
class GrpcServerIT implements GrpcServerRules {
  private final RunningQuerySide running = RunningQuerySide.shared();

  @Override
  public Channel server() {
    return running.channel();
  }

  @Override
  public List<ServiceDescriptor> services() {
    return GrpcCalls.services(running.beans(BindableService.class));
  }

  @Override
  public String tokenFor(MethodDescriptor<?, ?> method) {
    var name = method.getFullMethodName();
    if (name.contains("Product")) {
      return "";
    }
    return name.endsWith("ListAllOrders") ? running.staff() : running.customer("carol");
  }

  @Test
  void a_call_counts_by_how_it_ended_also_when_it_is_refused_at_the_door() {
    var before = ended(Status.Code.UNAUTHENTICATED);

    assertThat(GrpcCalls.codeOf(OrderQueryServiceGrpc.getGetOrderMethod(), server(), ""))
        .isEqualTo(Status.Code.UNAUTHENTICATED);

    await().until(() -> ended(Status.Code.UNAUTHENTICATED) == before + 1);
  }

  private long ended(Status.Code code) {
    return running.beans(MeterRegistry.class).stream()
        .flatMap(meters ->
            meters
                .find("grpc.server.processing.duration")
                .tags("method", "GetOrder", "statusCode", code.name())
                .timers()
                .stream())
        .mapToLong(Timer::count)
        .sum();
  }
}
