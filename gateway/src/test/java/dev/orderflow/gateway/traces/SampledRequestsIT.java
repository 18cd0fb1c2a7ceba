package dev.orderflow.gateway.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The gateway begins traces of what it is asked for, and none of the files of its pages and of what
 * the console asks again and again.
 */
class SampledRequestsIT {
  @Test
  void files_of_pages_and_looks_of_the_console_are_not_sampled_and_are_measured() {
    try (var receiver = new FakeService("receiver");
        var gateway =
            RunningGateway.start(
                Map.of(
                    "management.tracing.sampling.probability",
                    "1",
                    "management.opentelemetry.tracing.export.schedule-delay",
                    "50ms",
                    "management.opentelemetry.tracing.export.otlp.endpoint",
                    receiver.url() + "/v1/traces"))) {
      for (var file : List.of("/", "/favicon.ico", "/shop/index.html", "/shared/icon.svg")) {
        assertThat(gateway.send(gateway.request("GET", file)).statusCode()).isEqualTo(200);
      }
      gateway.send(gateway.requestAs("staff", "GET", "/admin/overview"));
      gateway.send(gateway.request("GET", "/session"));
      gateway.send(gateway.request("GET", "/products"));

      await().until(() -> sent(receiver).contains("http get /products"));
      assertThat(sent(receiver)).doesNotContain("/shop", "/shared", "/admin", "/session");
      assertThat(gateway.send(gateway.managementRequest("/actuator/prometheus")).body())
          .containsPattern("http_server_requests_seconds_count\\{[^}]*uri=\"/shop/\\*\\*\"");
    }
  }

  private static String sent(FakeService receiver) {
    return receiver.received().stream()
        .map(FakeService.Received::body)
        .collect(Collectors.joining());
  }
}
