package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.observability.Query;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards and alert rules ask for what the services have. */
@RunsOn(Setup.ONE_OF_EACH)
class MetricsE2E {
  /** Metrics that Prometheus makes itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

  /** Kafka's clients are asked for new metrics once a minute. */
  private static final Duration REFRESHED = Duration.ofSeconds(90);

  private final PlatformUnderTest platform;
  private final ShopClient shop;

  MetricsE2E(PlatformUnderTest platform) {
    this.platform = platform;
    shop = platform.shop();
  }

  @Test
  void every_metric_that_is_asked_for_is_there() {
    var product = shop.newProduct(1);
    shop.awaitFinal(shop.placed(OrderRequest.of(ALICE, product, 1, OrderRequest.VISA)));
    var asked = new TreeSet<String>();
    Query.delivered().forEach(query -> asked.addAll(query.metrics()));
    asked.removeAll(OF_PROMETHEUS);

    assertThat(asked).hasSizeGreaterThan(30);
    await().atMost(REFRESHED).untilAsserted(() -> assertThat(served()).containsAll(asked));
  }

  /**
   * OpenMetrics 1.0 has exemplars on buckets and totals only; the setup has each request followed.
   */
  @Test
  void traces_are_named_where_prometheus_reads_them() {
    shop.newProduct(1);

    await()
        .atMost(REFRESHED)
        .untilAsserted(() -> {
          var traced = openMetrics().filter(line -> line.contains(" # {")).toList();
          assertThat(traced)
              .anySatisfy(line ->
                  assertThat(line)
                      .startsWith("http_server_requests_seconds_bucket{")
                      .contains("trace_id=\""))
              .allSatisfy(line -> assertThat(line).containsPattern("^\\w+_(bucket|total)[{ ]"));
        });
  }

  private Stream<String> openMetrics() throws IOException, InterruptedException {
    var lines = Stream.<String>empty();
    try (var http = HttpClient.newHttpClient()) {
      for (var service : platform.cluster().http().values()) {
        var request =
            HttpRequest.newBuilder(URI.create(service + "/actuator/prometheus"))
                .header("Accept", "application/openmetrics-text; version=1.0.0")
                .build();
        lines = Stream.concat(lines, http.send(request, BodyHandlers.ofString()).body().lines());
      }
    }
    return lines;
  }

  private Set<String> served() throws IOException, InterruptedException {
    var names = new TreeSet<String>();
    try (var http = HttpClient.newHttpClient()) {
      for (var service : platform.cluster().http().values()) {
        var request = HttpRequest.newBuilder(URI.create(service + "/actuator/prometheus")).build();
        http.send(request, BodyHandlers.ofLines())
            .body()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]", 2)[0])
            .forEach(names::add);
      }
    }
    return names;
  }
}
