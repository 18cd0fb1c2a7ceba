package dev.orderflow.gateway.traces;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads spans as OTLP 1 has them, and leaves out what is too long or too much. */
final class Spans {
  private static final int MOST_ATTRIBUTES = 32;
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_VALUE = 256;
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Spans() {}

  /** All spans of a request; those without proper ids are left out. */
  static List<KeptSpan> of(ExportTraceServiceRequest request) {
    var spans = new ArrayList<KeptSpan>();
    for (var resource : request.getResourceSpansList()) {
      var service =
          attributes(resource.getResource().getAttributesList())
              .getOrDefault("service.name", "unknown");
      for (var scope : resource.getScopeSpansList()) {
        scope.getSpansList().stream()
            .filter(Spans::hasIds)
            .map(span -> span(service, span))
            .forEach(spans::add);
      }
    }
    return spans;
  }

  private static boolean hasIds(Span span) {
    return span.getTraceId().size() == TRACE_ID_BYTES && span.getSpanId().size() == SPAN_ID_BYTES;
  }

  private static KeptSpan span(String service, Span span) {
    var nanos = Math.max(0, span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
    return new KeptSpan(
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        span.getParentSpanId().size() == SPAN_ID_BYTES ? hex(span.getParentSpanId()) : null,
        service,
        shortened(span.getName(), LONGEST_NAME),
        Instant.ofEpochSecond(
            span.getStartTimeUnixNano() / NANOS_PER_SECOND,
            span.getStartTimeUnixNano() % NANOS_PER_SECOND),
        nanos / 1_000,
        attributes(span.getAttributesList()));
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    var kept = new LinkedHashMap<String, String>();
    attributes.stream()
        .limit(MOST_ATTRIBUTES)
        .forEach(attribute ->
            kept.put(
                shortened(attribute.getKey(), LONGEST_NAME),
                shortened(text(attribute.getValue()), LONGEST_VALUE)));
    return kept;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .limit(MOST_ATTRIBUTES)
              .filter(one -> one.getValueCase() == AnyValue.ValueCase.STRING_VALUE)
              .map(AnyValue::getStringValue)
              .collect(Collectors.joining(","));
      default -> "";
    };
  }

  private static String shortened(String text, int longest) {
    return text.substring(0, Math.min(text.length(), longest));
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
