package dev.orderflow.queryside.projection;

import dev.orderflow.platform.consumption.ConsumerGroups;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.liveness.OngoingWork;
import dev.orderflow.platform.overview.Holder;
import java.time.Duration;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Feeds every projection from its topics, started and stopped as one. */
@Component
final class ProjectionConsumers implements SmartLifecycle, OngoingWork, Holder {
  /** Who is far behind writes a row once for many events, and commits seldom. */
  private static final int MOST_AT_ONCE = 2_000;

  private final List<TopicFollower> consumers;

  ProjectionConsumers(List<Projection<?>> projections, ConsumerGroups groups, Feeds feeds) {
    this.consumers =
        projections.stream()
            .map(projection ->
                groups.join(
                    projection.name(),
                    projection.topics(),
                    MOST_AT_ONCE,
                    feeds.serving(projection)))
            .toList();
  }

  @Override
  public String workName() {
    return "projections";
  }

  @Override
  public Duration sinceLastStep() {
    return consumers.stream()
        .map(TopicFollower::sinceLastStep)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  @Override
  public List<String> holds() {
    return consumers.stream().flatMap(consumer -> consumer.holds().stream()).toList();
  }

  @Override
  public void start() {
    consumers.forEach(TopicFollower::start);
  }

  @Override
  public void stop() {
    consumers.forEach(TopicFollower::stop);
  }

  @Override
  public boolean isRunning() {
    return consumers.stream().anyMatch(TopicFollower::isRunning);
  }
}
