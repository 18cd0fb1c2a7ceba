package dev.orderflow.queryside.projection;

import dev.orderflow.platform.consumption.Projection;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.Part;
import java.util.List;
import java.util.Set;

/** Takes in events as parts of their traces. */
public final class TracedProjection implements Projection {
  private final Projection projection;
  private final Traces traces;

  /** Does what the projection does. */
  public TracedProjection(Projection projection, Traces traces) {
    this.projection = projection;
    this.traces = traces;
  }

  @Override
  public String name() {
    return projection.name();
  }

  @Override
  public Set<EventTopic> topics() {
    return projection.topics();
  }

  @Override
  public void apply(List<SequencedEvent> events) {
    var parts = events.stream().filter(event -> event.trace() != null).map(this::part).toList();
    traces.together(
        name(),
        parts,
        () -> {
          projection.apply(events);
          return parts;
        });
  }

  private Part part(SequencedEvent event) {
    var name = name() + " " + event.event().getClass().getSimpleName();
    return new Part(name, event.aggregateId(), event.trace());
  }
}
