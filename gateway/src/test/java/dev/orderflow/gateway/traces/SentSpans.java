package dev.orderflow.gateway.traces;

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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Spans of one trace about an order, as services send them to a gateway. */
public final class SentSpans {
  private static final long FIRST_NANOS = 1_800_000_000_000_000_000L;

  private final String key;
  private final List<Step> steps = new ArrayList<>();
  private String traceId = "";

  private record Step(String service, Span.Builder span) {}

  private SentSpans(String key) {
    this.key = key;
  }

  /** About an order. */
  public static SentSpans of(String key) {
    return new SentSpans(key);
  }

  /**
   * One more, a second after the one before.
   *
   * @param parent "" of the first step
   * @param attributes a name, a value, and so on
   */
  public SentSpans step(
      String service, String spanId, String parent, String name, String... attributes) {
    var start = FIRST_NANOS + steps.size() * 1_000_000_000L;
    var span =
        Span.newBuilder()
            .setSpanId(id(spanId))
            .setParentSpanId(id(parent))
            .setName(name)
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + 1_000_000)
            .addAttributes(attribute("orderflow.key", key));
    for (var i = 0; i < attributes.length; i += 2) {
      span.addAttributes(attribute(attributes[i], attributes[i + 1]));
    }
    steps.add(new Step(service, span));
    return this;
  }

  /** All in this trace. */
  public SentSpans inTrace(String trace) {
    traceId = trace;
    return this;
  }

  /** Sends them. */
  public void sendTo(RunningGateway gateway) {
    var request = ExportTraceServiceRequest.newBuilder();
    steps.forEach(step ->
        request.addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder().addAttributes(attribute("service.name", step.service())))
                .addScopeSpans(
                    ScopeSpans.newBuilder().addSpans(step.span().setTraceId(id(traceId))))));
    var answer =
        gateway.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(request.build().toByteArray())));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
  }

  private static KeyValue attribute(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ByteString id(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
