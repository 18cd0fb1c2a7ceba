package dev.orderflow.gateway.traces;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of a trace.
 *
 * @param parentSpanId null for the first step of all
 * @param service who did it
 * @param links steps of other traces that it belongs to as well
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
    Map<String, String> attributes,
    List<Place> links) {
  /** What the objects of a span, and each text and link, take beside their characters. */
  private static final int OBJECT = 300;

  private static final int ENTRY = 100;

  /** A step of any trace. */
  public record Place(String traceId, String spanId) {}

  /** About how many bytes of memory it takes. */
  int size() {
    var size = OBJECT + name.length() + service.length() + links.size() * (ENTRY + OBJECT);
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
