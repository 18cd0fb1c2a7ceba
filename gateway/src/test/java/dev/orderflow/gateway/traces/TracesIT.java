package dev.orderflow.gateway.traces;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.RunningGateway;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the services send to the gateway is shown to staff. */
class TracesIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(Map.of("orderflow.gateway.traces.enabled", "true"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void a_trace_is_shown_with_its_steps() {
    var tooMany = IntStream.range(0, 100).boxed().flatMap(i -> Stream.of("a" + i, "x"));
    SentSpans.of("ORD-1")
        .step("gateway", "00f067aa0ba902b7", "", "http post /orders")
        .step(
            "saga",
            "b7ad6b7169203331",
            "00f067aa0ba902b7",
            "order-saga OrderPlacedEvent",
            Stream.concat(Stream.of("long", "x".repeat(10_000)), tooMany).toArray(String[]::new))
        .inTrace(TRACE)
        .sendTo(gateway);

    var list = RunningGateway.json(staff("/admin/traces?key=ORD-1&limit=1")).path("traces");
    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("traceId").asString()).isEqualTo(TRACE);
    assertThat(list.path(0).path("name").asString()).isEqualTo("http post /orders");
    assertThat(list.path(0).path("durationMicros").asLong()).isEqualTo(1_001_000);

    var trace = RunningGateway.json(staff("/admin/traces/" + TRACE));
    var step = trace.path("spans").path(1);
    assertThat(trace.path("spans")).hasSize(2);
    assertThat(step.path("service").asString()).isEqualTo("saga");
    assertThat(step.path("name").asString()).isEqualTo("order-saga OrderPlacedEvent");
    assertThat(step.path("parentSpanId").asString()).isEqualTo("00f067aa0ba902b7");
    assertThat(step.path("startedAt").asString()).isEqualTo("2027-01-15T08:00:01Z");
    assertThat(step.path("durationMicros").asLong()).isEqualTo(1_000);
    assertThat(step.path("attributes").path("orderflow.key").asString()).isEqualTo("ORD-1");
    assertThat(step.path("attributes").path("long").asString()).hasSize(256);
    assertThat(step.path("attributes").size()).isEqualTo(32);
  }

  @Test
  void a_trace_that_is_not_kept_is_not_found() {
    assertProblem(staff("/admin/traces/0af7651916cd43dd8448eb211c80319c"), 404, "NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "x"})
  void there_is_a_limit_to_a_list(String limit) {
    assertProblem(staff("/admin/traces?limit=" + limit), 400, "VALIDATION_FAILED");
  }

  @Test
  void what_is_no_span_is_refused_and_does_no_harm() {
    var random = new Random(7);
    for (var i = 0; i < 20; i++) {
      var bytes = new byte[random.nextInt(1, 2_000)];
      random.nextBytes(bytes);
      assertThat(send(gateway, bytes).statusCode()).isIn(200, 400);
    }
    assertProblem(send(gateway, new byte[] {1, 2, 3}), 400, "VALIDATION_FAILED");
    assertProblem(send(gateway, new byte[2 << 20]), 413, "CONTENT_TOO_LARGE");
    var withoutIds =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(Span.newBuilder())))
            .build();
    assertThat(send(gateway, withoutIds.toByteArray()).statusCode()).isEqualTo(200);
    assertThat(staff("/admin/traces").statusCode()).isEqualTo(200);
  }

  @Test
  void without_the_setting_nothing_is_taken_and_nothing_shown() {
    var without = RunningGateway.shared();

    assertProblem(send(without, new byte[0]), 404, "NOT_FOUND");
    assertProblem(
        without.send(without.requestAs("staff", "GET", "/admin/traces")), 404, "NOT_FOUND");
  }

  private static HttpResponse<String> staff(String path) {
    return gateway.send(gateway.requestAs("staff", "GET", path));
  }

  private static HttpResponse<String> send(RunningGateway gateway, byte[] spans) {
    return gateway.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(spans)));
  }
}
