package dev.orderflow.gateway.traces;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of a trace.
 *
 * @param parentSpanId null for the first step of all
 * @param service who did it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeptSpan(
    @JsonIgnore String traceId,
    String spanId,
    @Nullable String parentSpanId,
    String service,
    String name,
    Instant startedAt,
    long durationMicros,
    Map<String, String> attributes) {
  /** What the objects of a span, and each text, take beside their characters. */
  private static final int OBJECT = 300;

  private static final int ENTRY = 100;

  /** About how many bytes of memory it takes. */
  int size() {
    var size = OBJECT + name.length() + service.length();
    for (var attribute : attributes.entrySet()) {
      size += ENTRY + attribute.getKey().length() + attribute.getValue().length();
    }
    return size;
  }

  /** When it was over. */
  public Instant endedAt() {
    return startedAt.plusNanos(durationMicros * 1_000);
  }
}
