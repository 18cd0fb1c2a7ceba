package dev.orderflow.gateway.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.RunningGateway;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics name a trace where OpenMetrics 1.0 lets them, and nowhere else. */
class ExemplarsIT {
  @Test
  void a_request_that_is_followed_is_an_example_of_its_duration() {
    try (var gateway =
        RunningGateway.start(
            Map.of(
                "management.tracing.sampling.probability",
                "1",
                "management.metrics.distribution.percentiles-histogram.http.server.requests",
                "true"))) {
      gateway.send(gateway.request("GET", "/docs/index.html"));

      // It is measured when its answer is out already.
      await()
          .untilAsserted(() ->
              assertThat(examples(gateway))
                  .anySatisfy(line ->
                      assertThat(line)
                          .startsWith("http_server_requests_seconds_bucket{")
                          .contains("trace_id=\""))
                  .allSatisfy(
                      line -> assertThat(line).containsPattern("^\\w+_(bucket|total)[{ ]")));
    }
  }

  private static List<String> examples(RunningGateway gateway) {
    var page =
        gateway.send(
            gateway
                .managementRequest("/actuator/prometheus")
                .header("Accept", "application/openmetrics-text; version=1.0.0"));
    return page.body().lines().filter(line -> line.contains(" # {")).toList();
  }
}
