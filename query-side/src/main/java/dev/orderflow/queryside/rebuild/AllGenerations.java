package dev.orderflow.queryside.rebuild;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.quarantine.Intake;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Takes events into the generation that serves and into the one that is being built. */
@Component
class AllGenerations implements Intake {
  private final Map<String, RebuildableProjection> projections;
  private final Generations generations;

  AllGenerations(List<RebuildableProjection> projections, Generations generations) {
    this.projections =
        projections.stream()
            .collect(toUnmodifiableMap(RebuildableProjection::name, Function.identity()));
    this.generations = generations;
  }

  @Override
  public Set<String> projections() {
    return projections.keySet();
  }

  @Override
  public void take(String name, List<SequencedEvent> events) {
    var projection = Objects.requireNonNull(projections.get(name), name);
    var roles = generations.held(name);
    projection.apply(events);
    if (roles.building() != null) {
      projection.build(Generations.table(projection, roles.building().generation()), events);
    }
  }
}
