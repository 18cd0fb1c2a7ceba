package dev.orderflow.gateway.traces;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.orderflow.gateway.testing.RunningGateway;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
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
    assertThat(send(request(TRACE, "ORD-1").toByteArray()).statusCode()).isEqualTo(200);

    var list = RunningGateway.json(staff("/admin/traces?key=ORD-1&limit=1")).path("traces");
    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("traceId").asString()).isEqualTo(TRACE);
    assertThat(list.path(0).path("name").asString()).isEqualTo("http post /orders");
    assertThat(list.path(0).path("durationMicros").asLong()).isEqualTo(2_000_000);

    var trace = RunningGateway.json(staff("/admin/traces/" + TRACE));
    var step = trace.path("spans").path(1);
    assertThat(trace.path("spans")).hasSize(2);
    assertThat(step.path("service").asString()).isEqualTo("saga");
    assertThat(step.path("name").asString()).isEqualTo("order-saga OrderPlacedEvent");
    assertThat(step.path("parentSpanId").asString()).isEqualTo("00f067aa0ba902b7");
    assertThat(step.path("startedAt").asString()).isEqualTo("1970-01-01T00:00:02Z");
    assertThat(step.path("durationMicros").asLong()).isEqualTo(1_000_000);
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
      assertThat(send(bytes).statusCode()).isIn(200, 400);
    }
    assertProblem(send(new byte[] {1, 2, 3}), 400, "VALIDATION_FAILED");
    assertProblem(send(new byte[2 << 20]), 413, "CONTENT_TOO_LARGE");
    var withoutIds =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(Span.newBuilder())))
            .build();
    assertThat(send(withoutIds.toByteArray()).statusCode()).isEqualTo(200);
    assertThat(staff("/admin/traces").statusCode()).isEqualTo(200);
  }

  @Test
  void without_the_setting_nothing_is_taken_and_nothing_shown() {
    try (var without = RunningGateway.start(Map.of())) {
      var answer =
          without.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + without.port() + "/v1/traces"))
                  .header("Content-Type", "application/x-protobuf")
                  .POST(BodyPublishers.ofByteArray(request(TRACE, "ORD-1").toByteArray())));
      assertProblem(answer, 404, "NOT_FOUND");
      assertProblem(
          without.send(without.requestAs("staff", "GET", "/admin/traces")), 404, "NOT_FOUND");
    }
  }

  private static HttpResponse<String> staff(String path) {
    return gateway.send(gateway.requestAs("staff", "GET", path));
  }

  private static HttpResponse<String> send(byte[] spans) {
    return gateway.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(spans)));
  }

  private static ExportTraceServiceRequest request(String trace, String key) {
    var step =
        Span.newBuilder()
            .setTraceId(id(trace))
            .setSpanId(id("b7ad6b7169203331"))
            .setParentSpanId(id("00f067aa0ba902b7"))
            .setName("order-saga OrderPlacedEvent")
            .setStartTimeUnixNano(2_000_000_000)
            .setEndTimeUnixNano(3_000_000_000L)
            .addAttributes(attribute("orderflow.key", key))
            .addAttributes(attribute("long", "x".repeat(10_000)));
    for (var i = 0; i < 100; i++) {
      step.addAttributes(attribute("a" + i, "x"));
    }
    var first =
        Span.newBuilder()
            .setTraceId(id(trace))
            .setSpanId(id("00f067aa0ba902b7"))
            .setName("http post /orders")
            .setStartTimeUnixNano(1_000_000_000)
            .setEndTimeUnixNano(1_500_000_000L);
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(of("saga", step))
        .addResourceSpans(of("gateway", first))
        .build();
  }

  private static ResourceSpans of(String service, Span.Builder span) {
    return ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", service)))
        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span))
        .build();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ByteString id(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
