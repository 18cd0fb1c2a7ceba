package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.ProjectionConsumer;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.queryside.rebuild.Roles.Build;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Feeds the generations of a projection that the database names, and brings what is built to its
 * end. Every instance does so: which of them is first does not matter.
 */
final class GenerationFollower implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(GenerationFollower.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final RebuildableProjection projection;
  private final Generations generations;
  private final TakeOver takeOver;
  private final JdbcClient jdbc;
  private final Topics topics;
  private final IntFunction<ProjectionConsumer> consumers;
  private final Map<Integer, ProjectionConsumer> fed = new ConcurrentHashMap<>();
  private @Nullable ScheduledExecutorService watch;
  private @Nullable Comparison comparison;
  private volatile @Nullable Roles seen;

  /**
   * @param jdbc on the database of the projection
   * @param consumers makes the consumer of a generation, not started
   */
  GenerationFollower(
      RebuildableProjection projection,
      Generations generations,
      TakeOver takeOver,
      JdbcClient jdbc,
      Topics topics,
      IntFunction<ProjectionConsumer> consumers) {
    this.projection = projection;
    this.generations = generations;
    this.takeOver = takeOver;
    this.jdbc = jdbc;
    this.topics = topics;
    this.consumers = consumers;
  }

  /** The projection's name. */
  String name() {
    return projection.name();
  }

  /** The generation that serves, as seen at the last look; not a number before the first. */
  double serving() {
    var roles = seen;
    return roles == null ? Double.NaN : roles.serving();
  }

  /** The generation that is being built, as seen at the last look; 0 when there is none. */
  double building() {
    var roles = seen;
    return roles == null || roles.building() == null ? 0 : roles.building().generation();
  }

  /** How long ago the slowest of its consumers has asked for events. Does not block. */
  Duration sinceLastPoll() {
    return fed.values().stream()
        .map(ProjectionConsumer::sinceLastPoll)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  @Override
  public synchronized void start() {
    if (watch == null) {
      watch =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofVirtual().name("generations-" + projection.name()).factory());
      var _ =
          watch.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void stop() {
    ScheduledExecutorService running;
    synchronized (this) {
      running = watch;
      watch = null;
    }
    if (running != null) {
      running.shutdownNow();
      stopAll();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return watch != null;
  }

  private void look() {
    try {
      var roles = generations.roles(projection.name());
      seen = roles;
      feed(roles);
      if (roles.building() != null) {
        bringToItsEnd(roles, roles.building());
      }
      generations.sweep(projection);
    } catch (RuntimeException e) {
      LOG.warn("{} cannot look at its generations: {}", projection.name(), e.getMessage());
    }
  }

  private synchronized void feed(Roles roles) {
    if (watch == null) {
      return;
    }
    for (var generation : roles.fed()) {
      fed.computeIfAbsent(
          generation,
          number -> {
            var consumer = consumers.apply(number);
            consumer.start();
            return consumer;
          });
    }
    fed.entrySet()
        .removeIf(entry -> {
          var retired = !roles.fed().contains(entry.getKey());
          if (retired) {
            entry.getValue().stop();
          }
          return retired;
        });
  }

  private void bringToItsEnd(Roles roles, Build building) {
    var topicIds = new HashMap<>(topics.ensure());
    topicIds.keySet().retainAll(projection.topics());
    switch (building.purpose()) {
      case SERVING -> {
        if (takeOver.attempt(projection, topicIds.values())) {
          LOG.info("{} is served by the generation that was built", projection.name());
        }
      }
      case COMPARISON -> compare(roles, building.generation(), topicIds.values());
    }
  }

  private void compare(Roles roles, int built, Collection<UUID> topicIds) {
    if (comparison == null || !comparison.isOf(roles.serving(), built)) {
      if (!takeOver.covers(projection, roles, topicIds)) {
        return;
      }
      comparison = new Comparison(jdbc, projection, roles.serving(), built);
    }
    comparison
        .step(topicIds)
        .ifPresent(outcome -> {
          generations.compared(projection, built, outcome);
          LOG.info("{} was compared with a replay: {}", projection.name(), outcome.state());
        });
  }

  private synchronized void stopAll() {
    fed.values().forEach(ProjectionConsumer::stop);
    fed.clear();
  }
}
