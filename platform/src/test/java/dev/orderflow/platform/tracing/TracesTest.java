package dev.orderflow.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.testing.RecordedTraces;
import dev.orderflow.platform.tracing.Traces.Part;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
  private static final String ALICES = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String BOBS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String UNSAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

  /** As the services have it: nothing is sampled that is not sampled already. */
  private final RecordedTraces recorded =
      RecordedTraces.sampledBy(
          Sampler.parentBased(
              BoundedSampler.of(Sampler.traceIdRatioBased(0), new SamplingProperties(0))));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Traces traces =
      recorded.traces(kept -> new CountedExporter(kept, meters), new CountedSpans(meters));

  @Test
  void what_is_done_for_many_is_one_span_with_links_and_one_in_each_of_their_traces() {
    traces.together(
        "poll", List.of(new Part("a", "A", ALICES), new Part("b", "B", BOBS)), () -> "done");

    var spans = recorded.spans();
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
        .isEqualTo(
            "00-4bf92f3577b34da6a3ce929d0e0e4736-"
                + recorded.spans().getFirst().getSpanId()
                + "-01");
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
    assertThat(recorded.spans()).isEmpty();
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

    assertThat(recorded.spans().getFirst().getAttributes().asMap().values())
        .containsExactlyInAnyOrder("A", "java.lang.IllegalStateException");
    assertThat(recorded.spans().toString()).doesNotContain("alice@example.org");
  }

  @ParameterizedTest
  @MethodSource("wrapped")
  void a_failure_that_another_thread_has_handed_on_is_named_itself(Throwable failure) {
    traces.begin("a", ALICES).end(failure);

    assertThat(recorded.spans().getFirst().getAttributes().asMap().values())
        .containsExactly("java.lang.IllegalStateException");
  }

  static Stream<Throwable> wrapped() {
    var failure = new IllegalStateException();
    return Stream.of(
        failure,
        new CompletionException(failure),
        new ExecutionException(new CompletionException(failure)));
  }

  @Test
  void what_else_is_to_be_said_of_a_part_is_said_of_it_alone() {
    traces.together(
        "poll",
        List.of(new Part("a", "A", ALICES, Map.of("place", "7")), new Part("b", "B", BOBS)),
        () -> "done");

    assertThat(recorded.spans())
        .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("place")))
        .containsExactly("7", null, null);
  }

  @Test
  void a_context_goes_on_from_span_to_span() {
    var first = traces.begin("first", ALICES);
    var second = traces.begin("second", first.context());
    second.end();
    first.end();

    assertThat(recorded.spans().getFirst().getParentSpanId())
        .isEqualTo(recorded.spans().getLast().getSpanId());
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
}
