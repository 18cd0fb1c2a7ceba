package dev.orderflow.gateway.traces;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.error.RequestCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The last traces, for staff. */
@RestController
@RequestMapping("/admin/traces")
@ConditionalOnBooleanProperty("orderflow.gateway.traces.enabled")
final class TraceController {
  private static final int MOST = 200;

  private final LastTraces traces;

  TraceController(LastTraces traces) {
    this.traces = traces;
  }

  /** Traces, the newest first. */
  record ListJson(List<SummaryJson> traces) {}

  /**
   * A trace as a line.
   *
   * @param name of its first step
   */
  record SummaryJson(
      String traceId,
      String name,
      List<String> services,
      Instant startedAt,
      long durationMicros,
      int spans) {
    static SummaryJson of(String traceId, List<KeptSpan> spans) {
      var first = spans.getFirst();
      var end = spans.stream().map(KeptSpan::endedAt).max(Comparator.naturalOrder()).orElseThrow();
      return new SummaryJson(
          traceId,
          first.name(),
          spans.stream().map(KeptSpan::service).distinct().sorted().toList(),
          first.startedAt(),
          Duration.between(first.startedAt(), end).toNanos() / 1_000,
          spans.size());
    }
  }

  /** All steps of a trace, in the order of their beginnings. */
  record TraceJson(String traceId, List<KeptSpan> spans) {}

  @GetMapping
  ListJson list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String key) {
    if (limit < 1) {
      var check = new RequestCheck();
      check.violated("limit", "must be at least 1");
      check.orThrow(() -> limit);
    }
    RequestCheck.requireAtMost(MOST, "limit", limit);
    return new ListJson(
        traces.newest(limit, key).stream()
            .map(trace -> SummaryJson.of(trace.getKey(), trace.getValue()))
            .toList());
  }

  @GetMapping("/{traceId}")
  TraceJson get(@PathVariable String traceId) {
    return traces
        .find(traceId)
        .map(spans -> new TraceJson(traceId, spans))
        .orElseThrow(() ->
            new NotFoundException(
                ErrorCode.NOT_FOUND, "This trace was not sampled, or is kept no more."));
  }
}
