package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.proto.inventory.v1.GetStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** gRPC goes past the gateway. */
class GrpcRateLimitIT {
  @Test
  void a_caller_that_asks_too_often_is_refused_here_too() throws IOException {
    var port = freePort();
    var redis = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
    redis.start();
    try (var commandSide =
        RunningCommandSide.withOneInstance(
            "--orderflow.gateway.rate-limit.requests-per-second=1",
            "--orderflow.gateway.rate-limit.patience=2s",
            "--spring.data.redis.host=127.0.0.1",
            "--spring.data.redis.port=" + port)) {
      var channel = commandSide.first().channel();
      var stock = InventoryServiceGrpc.newBlockingStub(channel);

      var refusal =
          await()
              .atMost(Duration.ofSeconds(20))
              .pollInterval(Duration.ofMillis(1))
              .until(() -> codeOf(stock), code -> code != Status.Code.NOT_FOUND);

      assertThat(refusal).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      channel.shutdownNow();
    } finally {
      redis.stop();
    }
  }

  private static Status.Code codeOf(InventoryServiceGrpc.InventoryServiceBlockingStub stock) {
    try {
      stock.getStock(GetStockRequest.newBuilder().setProductId("NONE-1").build());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
