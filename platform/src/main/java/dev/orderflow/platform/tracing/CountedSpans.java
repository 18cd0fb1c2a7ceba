package dev.orderflow.platform.tracing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Counts the spans that are sampled. Those that are neither exported nor lost later on did not fit
 * into the queue of the exporter.
 */
final class CountedSpans implements SpanProcessor {
  private final Counter recorded;

  CountedSpans(MeterRegistry meters) {
    recorded =
        Counter.builder("orderflow.tracing.spans")
            .description("sampled spans, and what became of them")
            .tag("outcome", "recorded")
            .register(meters);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled()) {
      recorded.increment();
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
