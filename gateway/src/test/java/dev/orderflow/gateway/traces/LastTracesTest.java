package dev.orderflow.gateway.traces;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastTracesTest {
  private static final long ROOM = 1 << 20;

  @Test
  void the_newest_come_first_and_steps_in_the_order_of_their_beginnings() {
    var traces = new LastTraces(10, ROOM);
    traces.add(List.of(span("a", 2, ""), span("b", 1, ""), span("a", 1, "")));

    assertThat(traces.newest(10, null)).extracting(Map.Entry::getKey).containsExactly("b", "a");
    assertThat(traces.newest(1, null)).hasSize(1);
    assertThat(traces.find("a").orElseThrow())
        .extracting(KeptSpan::startedAt)
        .containsExactly(Instant.ofEpochSecond(1), Instant.ofEpochSecond(2));
    assertThat(traces.newest(2, null).getLast().getValue())
        .isEqualTo(traces.find("a").orElseThrow());
  }

  @Test
  void traces_are_found_by_what_a_step_is_about() {
    var traces = new LastTraces(10, ROOM);
    traces.add(List.of(span("a", 1, "ORD-1"), span("a", 2, ""), span("b", 3, "ORD-2")));

    assertThat(traces.newest(10, "ORD-1")).extracting(Map.Entry::getKey).containsExactly("a");
    assertThat(traces.newest(10, "ORD-3")).isEmpty();

    traces.add(List.of(span("c", 4, "order-ORD-3,stock-PROD-A")));
    assertThat(traces.newest(10, "ORD-3")).extracting(Map.Entry::getKey).containsExactly("c");
    assertThat(traces.newest(10, "PROD-A")).hasSize(1);
  }

  @Test
  void the_oldest_trace_goes_as_a_whole_when_there_are_too_many_spans() {
    var traces = new LastTraces(4, ROOM);
    traces.add(List.of(span("a", 1, ""), span("b", 2, ""), span("b", 3, ""), span("a", 4, "")));

    traces.add(List.of(span("c", 5, "")));

    assertThat(traces.find("a")).isEmpty();
    assertThat(traces.find("b").orElseThrow()).hasSize(2);
    assertThat(traces.find("c").orElseThrow()).hasSize(1);
  }

  @Test
  void traces_that_take_too_much_memory_go_and_in_the_end_also_the_one_that_comes() {
    var one = span("a", 1, "").size();
    var traces = new LastTraces(1_000, 3L * one);

    traces.add(List.of(span("a", 1, ""), span("b", 2, ""), span("c", 3, ""), span("d", 4, "")));
    assertThat(traces.find("a")).isEmpty();
    assertThat(traces.newest(10, null)).hasSize(3);

    traces.add(List.of(span("e", 5, "x".repeat(4 * one))));
    assertThat(traces.newest(10, null)).isEmpty();
  }

  @Test
  void a_trace_that_does_not_end_keeps_its_first_thousand_steps() {
    var traces = new LastTraces(5_000, 100 * ROOM);

    traces.add(IntStream.range(0, 1_200).mapToObj(i -> span("a", i, "")).toList());

    assertThat(traces.find("a").orElseThrow()).hasSize(1_000);
  }

  private static KeptSpan span(String trace, long second, String key) {
    return new KeptSpan(
        trace,
        "00f067aa0ba902b7",
        null,
        "saga",
        "poll",
        Instant.ofEpochSecond(second),
        1_000,
        Map.of(LastTraces.KEY, key));
  }
}
