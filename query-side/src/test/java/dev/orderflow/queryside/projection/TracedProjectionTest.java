package dev.orderflow.queryside.projection;

import static dev.orderflow.queryside.testing.Events.created;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.consumption.Projection;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.testing.RecordedTraces;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TracedProjectionTest {
  private final RecordedTraces traces = RecordedTraces.sampledBy(Sampler.alwaysOn());
  private final List<SequencedEvent> taken = new ArrayList<>();
  private final Projection projection = new TracedProjection(new Taking(taken), traces.traces());

  private record Taking(List<SequencedEvent> taken) implements Projection {
    @Override
    public String name() {
      return "taking";
    }

    @Override
    public Set<EventTopic> topics() {
      return Set.of(EventTopic.PRODUCTS);
    }

    @Override
    public void apply(List<SequencedEvent> events) {
      taken.addAll(events);
    }
  }

  @Test
  void a_sampled_event_is_taken_in_in_its_trace_and_others_make_no_span() {
    var untraced = created("A", 7);
    var traced =
        new SequencedEvent(
            created("B", 7).event(),
            "product-B",
            0,
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    projection.apply(List.of(untraced, traced));
    projection.apply(List.of(untraced));

    assertThat(taken).containsExactly(untraced, traced, untraced);
    assertThat(traces.spans())
        .singleElement()
        .satisfies(span -> {
          assertThat(span.getName()).isEqualTo("taking ProductCreatedEvent");
          assertThat(span.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        });
  }
}
