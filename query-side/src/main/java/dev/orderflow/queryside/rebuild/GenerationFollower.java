package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.ProjectionConsumer;
import dev.orderflow.platform.kafka.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Feeds the generations of a projection that the database names, and has a rebuild take over. Every
 * instance does so: which of them is first does not matter.
 */
final class GenerationFollower implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(GenerationFollower.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final RebuildableProjection projection;
  private final Generations generations;
  private final Topics topics;
  private final IntFunction<ProjectionConsumer> consumers;
  private final Map<Integer, ProjectionConsumer> fed = new HashMap<>();
  private @Nullable ScheduledExecutorService watch;

  /**
   * @param consumers makes the consumer of a generation, not started
   */
  GenerationFollower(
      RebuildableProjection projection,
      Generations generations,
      Topics topics,
      IntFunction<ProjectionConsumer> consumers) {
    this.projection = projection;
    this.generations = generations;
    this.topics = topics;
    this.consumers = consumers;
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
      feed(roles);
      if (roles.building() != null) {
        takeOver();
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

  private void takeOver() {
    var ids = new HashMap<>(topics.ensure());
    ids.keySet().retainAll(projection.topics());
    if (generations.takeOver(projection, ids.values())) {
      LOG.info("{} is served by the generation that was built", projection.name());
    }
  }

  private synchronized void stopAll() {
    fed.values().forEach(ProjectionConsumer::stop);
    fed.clear();
  }
}
