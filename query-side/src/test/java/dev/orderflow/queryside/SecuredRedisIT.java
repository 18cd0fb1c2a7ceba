package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Events.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.testing.TlsFiles;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.queryside.testing.RunningQuerySide;
import dev.orderflow.queryside.testing.TestRedis;
import dev.orderflow.queryside.testing.TlsRelay;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that lets nobody in without a password, and speaks TLS only, by configuration alone. */
@Timeout(120)
class SecuredRedisIT {
  @TempDir private Path directory;
  private TlsFiles files;
  private TestRedis redis;
  private TlsRelay relay;

  @BeforeEach
  void start() throws Exception {
    files = TlsFiles.in(directory.resolve("tls"));
    redis = TestRedis.with("--requirepass", "right");
    relay = new TlsRelay(files.store(), TlsFiles.PASSWORD, redis.port());
  }

  @AfterEach
  void stop() {
    relay.close();
    redis.close();
  }

  @Test
  void the_cache_and_the_rate_limit_reach_it_over_tls_with_the_password() {
    var address = "rediss://:right@localhost:" + relay.port();
    try (var instance =
        RunningQuerySide.shared()
            .another(
                "--spring.data.redis.url=" + address,
                "--spring.data.redis.ssl.bundle=stores",
                "--spring.ssl.bundle.pem.stores.truststore.certificate=file:" + files.certificate(),
                "--orderflow.gateway.rate-limit.requests-per-second=1000")) {
      instance.publisher().publish(created("secured", 0));
      instance.awaitVersion("secured", 1);
      var products = ProductServiceGrpc.newBlockingStub(instance.channel());
      var one = GetProductRequest.newBuilder().setProductId("secured").build();

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            var _ = products.getProduct(one);
            assertThat(keys())
                .anyMatch(key -> key.startsWith("rate-limit:"))
                .anyMatch(key -> key.endsWith("secured"));
          });
    }
  }

  private List<String> keys() {
    var uri = RedisURI.create("redis://:right@127.0.0.1:" + redis.port());
    var client = RedisClient.create(uri);
    try (var connection = client.connect()) {
      return connection.sync().keys("*");
    } finally {
      client.shutdown();
    }
  }
}
