package dev.orderflow.platform.tracing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/**
 * Counts the spans that reach the receiver and those that do not, and takes out what failures say:
 * a message may hold anything, also what no trace may hold.
 */
final class CountedExporter implements SpanExporter {
  private final SpanExporter exporter;
  private final Counter exported;
  private final Counter lost;

  CountedExporter(SpanExporter exporter, MeterRegistry meters) {
    this.exporter = exporter;
    exported = counter(meters, "exported");
    lost = counter(meters, "lost");
  }

  private static Counter counter(MeterRegistry meters, String outcome) {
    return Counter.builder("orderflow.tracing.spans")
        .description("sampled spans, and what became of them")
        .tag("outcome", outcome)
        .register(meters);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    var result = exporter.export(spans.stream().<SpanData>map(WithoutMessage::new).toList());
    var _ =
        result.whenComplete(() -> (result.isSuccess() ? exported : lost).increment(spans.size()));
    return result;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private static final class WithoutMessage extends DelegatingSpanData {
    private WithoutMessage(SpanData span) {
      super(span);
    }

    @Override
    public StatusData getStatus() {
      return StatusData.create(super.getStatus().getStatusCode(), "");
    }
  }
}
