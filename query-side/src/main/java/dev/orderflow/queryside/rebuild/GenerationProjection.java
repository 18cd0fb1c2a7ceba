package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.Projection;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import java.util.List;
import java.util.Set;

/**
 * One generation of a projection, with a consumer group of its own. Each batch asks what the
 * generation is for, so the one that was built goes on without a seam when it serves.
 */
final class GenerationProjection implements Projection {
  private final RebuildableProjection projection;
  private final Projection serving;
  private final Generations generations;
  private final int generation;

  /**
   * @param serving what the projection does while it serves
   */
  GenerationProjection(
      RebuildableProjection projection,
      Projection serving,
      Generations generations,
      int generation) {
    this.projection = projection;
    this.serving = serving;
    this.generations = generations;
    this.generation = generation;
  }

  @Override
  public String name() {
    return generation == 1 ? projection.name() : projection.name() + "-g" + generation;
  }

  @Override
  public Set<EventTopic> topics() {
    return projection.topics();
  }

  @Override
  public void apply(List<SequencedEvent> events) {
    var roles = generations.held(projection.name());
    if (roles.serving() == generation) {
      serving.apply(events);
    } else if (roles.isBuilding(generation)) {
      generations.commitWithoutWaiting();
      projection.build(Generations.table(projection, generation), events);
    }
    // Otherwise its tables are gone or soon will be, and its number never comes back.
  }
}
