package dev.orderflow.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.tracing.Traces.Part;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
  private static final String ALICES = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String BOBS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String UNSAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

  private final List<SpanData> spans = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Traces traces = traces();

  /** As the services have it: nothing is sampled that is not sampled already. */
  private Traces traces() {
    var provider =
        SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(new LinkedSampler(Sampler.traceIdRatioBased(0))))
            .addSpanProcessor(
                SimpleSpanProcessor.create(new CountedExporter(new Kept(spans), meters)))
            .addSpanProcessor(new CountedSpans(meters))
            .build();
    return new Traces(new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), _ -> {}));
  }

  @Test
  void what_is_done_for_many_is_one_span_with_links_and_one_in_each_of_their_traces() {
    traces.together(
        "poll", List.of(new Part("a", "A", ALICES), new Part("b", "B", BOBS)), () -> "done");

    assertThat(spans).extracting(SpanData::getName).containsExactly("a", "b", "poll");
    assertThat(spans.get(0).getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(spans.get(0).getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(spans.get(1).getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(spans.get(2).getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(spans.get(0).getSpanId(), spans.get(1).getSpanId());
    assertThat(spans.get(2).getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void each_part_finds_its_own_context_meanwhile_and_only_then() {
    var seen = new ArrayList<@Nullable String>();

    traces.together(
        "poll",
        List.of(new Part("a", "A", ALICES), new Part("b", "B", UNSAMPLED)),
        () -> {
          seen.add(Traces.of("A"));
          seen.add(Traces.of("B"));
          return seen;
        });

    assertThat(seen.getFirst())
        .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-" + spans.getFirst().getSpanId() + "-01");
    assertThat(seen.getLast()).isNull();
    assertThat(Traces.of("A")).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "'; DROP TABLE domain_event"
      })
  void what_is_not_sampled_or_no_context_makes_nothing(@Nullable String parent) {
    var span = traces.begin("a", parent);
    span.end();
    traces.together("poll", List.of(new Part("a", "A", parent)), () -> "done");

    assertThat(span.context()).isNull();
    assertThat(spans).isEmpty();
  }

  @Test
  void a_failure_is_named_and_what_it_says_is_kept_out() {
    assertThatThrownBy(() ->
            traces.together(
                "poll",
                List.of(new Part("a", "A", ALICES)),
                () -> {
                  throw new IllegalStateException("alice@example.org is unknown");
                }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(spans.getFirst().getAttributes().asMap().values())
        .containsExactlyInAnyOrder("A", "java.lang.IllegalStateException");
    assertThat(spans.toString()).doesNotContain("alice@example.org");
  }

  @Test
  void a_context_goes_on_from_span_to_span() {
    var first = traces.begin("first", ALICES);
    var second = traces.begin("second", first.context());
    second.end();
    first.end();

    assertThat(spans.getFirst().getParentSpanId()).isEqualTo(spans.getLast().getSpanId());
  }

  @Test
  void no_more_traces_are_sampled_in_a_second_than_may_be() {
    var sampler = BoundedSampler.of(Sampler.alwaysOn(), new SamplingProperties(2));
    var unbounded = BoundedSampler.of(Sampler.alwaysOn(), new SamplingProperties(0));

    assertThat(sampled(sampler)).isBetween(1L, 999L);
    assertThat(sampled(unbounded)).isEqualTo(1_000);
    assertThat(sampled(BoundedSampler.of(Sampler.alwaysOff(), new SamplingProperties(2)))).isZero();
  }

  private static long sampled(Sampler sampler) {
    return IntStream.range(0, 1_000)
        .mapToObj(_ ->
            sampler.shouldSample(
                Context.root(),
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "a",
                SpanKind.SERVER,
                Attributes.empty(),
                List.of()))
        .filter(result -> result.getDecision() == SamplingDecision.RECORD_AND_SAMPLE)
        .count();
  }

  @Test
  void spans_are_counted() {
    traces.begin("a", ALICES).end();

    assertThat(meters.get("orderflow.tracing.spans").tag("outcome", "recorded").counter().count())
        .isOne();
    assertThat(meters.get("orderflow.tracing.spans").tag("outcome", "exported").counter().count())
        .isOne();
    assertThat(meters.get("orderflow.tracing.spans").tag("outcome", "lost").counter().count())
        .isZero();
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
