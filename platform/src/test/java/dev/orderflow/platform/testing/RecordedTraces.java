package dev.orderflow.platform.testing;

import dev.orderflow.platform.tracing.Traces;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Traces whose spans can be looked at once they have ended. */
public final class RecordedTraces {
  private final List<SpanData> spans = new CopyOnWriteArrayList<>();
  private final Sampler sampler;

  private RecordedTraces(Sampler sampler) {
    this.sampler = sampler;
  }

  /** Behind this sampler. */
  public static RecordedTraces sampledBy(Sampler sampler) {
    return new RecordedTraces(sampler);
  }

  /** What is to be tested records there. */
  public Traces traces() {
    return traces(kept -> kept);
  }

  /**
   * The same.
   *
   * @param through what spans go through before they are kept
   * @param processors are told of all spans, too
   */
  public Traces traces(UnaryOperator<SpanExporter> through, SpanProcessor... processors) {
    var provider =
        SdkTracerProvider.builder()
            .setSampler(sampler)
            .addSpanProcessor(SimpleSpanProcessor.create(through.apply(new Kept(spans))))
            .addSpanProcessor(SpanProcessor.composite(processors))
            .build();
    return new Traces(new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), _ -> {}));
  }

  /** Those that have ended, in the order of their ends. */
  public List<SpanData> spans() {
    return List.copyOf(spans);
  }

  private record Kept(List<SpanData> spans) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> exported) {
      spans.addAll(exported);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
