package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.testing.GrpcCalls;
import dev.orderflow.platform.testing.GrpcFuzzer;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.BindableService;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever comes in over gRPC: no call finds a bug. */
class GrpcFuzzIT {
  private static final int CALLS = 6_000;

  @Test
  void no_call_finds_a_bug() {
    var running = RunningQuerySide.shared();
    running.publisher().publish(created("FUZZ-1", 0));
    running.awaitVersion("FUZZ-1", 1);
    running.publisher().publish(placed("fay", 1));
    var order = orderId("fay", 1).value();
    await().until(() -> running.getAs(running.staff(), "/orders/" + order).status() == 200);
    var services = GrpcCalls.services(running.beans(BindableService.class));
    var callers =
        List.of(
            "",
            SigningKeys.forged("admin", "staff service customer"),
            running.customer("fay"),
            running.customer("carol"),
            running.staff(),
            SigningKeys.TRUSTED.token("saga", "service"));
    var fuzzer =
        new GrpcFuzzer(
            running.channel(), services, callers, List.of("FUZZ-1", "FUZZ-1", order, "50000"));

    var seen = fuzzer.run(GrpcFuzzer.scaled(CALLS), () -> 0);

    assertThat(seen)
        .as("the calls reach what they are to try")
        .containsKeys(
            Status.Code.OK,
            Status.Code.INVALID_ARGUMENT,
            Status.Code.NOT_FOUND,
            Status.Code.PERMISSION_DENIED,
            Status.Code.UNAUTHENTICATED);
  }
}
