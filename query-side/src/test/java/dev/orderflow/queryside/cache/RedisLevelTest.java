package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.RecordedTraces;
import dev.orderflow.platform.tracing.Traces.Part;
import dev.orderflow.queryside.testing.TextFormat;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisLevelTest {
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final RecordedTraces recorded = RecordedTraces.sampledBy(Sampler.alwaysOn());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void an_announcement_that_fails_is_a_step_that_has_ended() {
    var traces = recorded.traces();
    try (var client = RedisClient.create()) {
      var neverConnected =
          new RedisLevel<>(
              "order-view",
              client,
              new TextFormat("text", "channel"),
              new CacheProperties.Shared(Duration.ofSeconds(2), Duration.ofMillis(100)),
              new CacheMeters(meters, "order-view"),
              traces);

      var _ =
          traces.together(
              "project",
              List.of(new Part("project", "ORD-1", TRACE)),
              () -> {
                neverConnected.announce(Map.of("ORD-1", new Versioned<>(1, "placed")), 0);
                return true;
              });
    }

    assertThat(meters.get("orderflow.cache.failures").counter().count()).isEqualTo(1);
    assertThat(recorded.spans())
        .extracting(SpanData::getName)
        .containsExactly("announce order-view", "project");
  }
}
