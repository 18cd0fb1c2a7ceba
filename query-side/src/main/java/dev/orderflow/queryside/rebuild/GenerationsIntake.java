package dev.orderflow.queryside.rebuild;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.projection.Feeds;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.quarantine.Intake;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Takes events into the generation that serves and into the one that is being built. */
@Component
class GenerationsIntake implements Intake {
  private final Map<String, Projection<?>> projections;
  private final Generations generations;

  GenerationsIntake(List<Projection<?>> projections, Generations generations) {
    this.projections =
        projections.stream().collect(toUnmodifiableMap(Projection::name, Function.identity()));
    this.generations = generations;
  }

  @Override
  public Set<String> projections() {
    return projections.keySet();
  }

  @Override
  public void take(String name, List<SequencedEvent> events) {
    var projection = Objects.requireNonNull(projections.get(name), name);
    var building = generations.held(name).building();
    Feeds.takeAndTell(projection, events);
    if (building != null) {
      var _ = projection.take(Generations.tables(building.generation()), events);
    }
  }
}
