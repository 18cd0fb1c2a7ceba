package dev.orderflow.queryside.rebuild;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.orderflow.queryside.projection.Projection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks for generations that are wanted, and has them built: each instance does, for each view. */
@Component
final class Builds implements SmartLifecycle, MeterBinder {
  private static final Logger LOG = LoggerFactory.getLogger(Builds.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final List<Projection<?>> projections;
  private final Generations generations;
  private final Builder builder;
  private final Map<String, Roles> seen = new ConcurrentHashMap<>();
  private final Map<String, Roles> swept = new ConcurrentHashMap<>();
  private volatile Map<String, ScheduledExecutorService> threads = Map.of();

  Builds(List<Projection<?>> projections, Generations generations, Builder builder) {
    this.projections = projections;
    this.generations = generations;
    this.builder = builder;
  }

  @Override
  public void start() {
    threads = projections.stream().collect(toUnmodifiableMap(Projection::name, this::looking));
  }

  private ScheduledExecutorService looking(Projection<?> projection) {
    var thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("build-" + projection.name()).factory());
    var _ =
        thread.scheduleWithFixedDelay(
            () -> look(projection), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return thread;
  }

  /** Looks at a projection now: what is wanted by this instance need not wait. */
  void lookAt(Projection<?> projection) {
    var thread = threads.get(projection.name());
    if (thread != null) {
      thread.execute(() -> look(projection));
    }
  }

  private void look(Projection<?> projection) {
    try {
      var roles = generations.roles(projection.name());
      seen.put(projection.name(), roles);
      if (roles.building() != null) {
        builder.build(projection, roles.building());
      } else if (!roles.equals(swept.get(projection.name()))) {
        generations.sweep(projection);
        swept.put(projection.name(), roles);
      }
    } catch (CancellationException _) {
      LOG.info("{} is not built any further", projection.name());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("{} cannot be built at the moment: {}", projection.name(), e.getMessage());
    }
  }

  @Override
  public void stop() {
    var running = threads.values();
    threads = Map.of();
    running.forEach(ScheduledExecutorService::shutdownNow);
    running.forEach(ScheduledExecutorService::close);
  }

  @Override
  public boolean isRunning() {
    return !threads.isEmpty();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var projection : projections) {
      gauge("orderflow.projection.generation", projection, Roles::serving)
          .description("The generation that serves")
          .register(registry);
      gauge("orderflow.projection.building", projection, Builds::building)
          .description("The generation that is being built; 0 when there is none")
          .register(registry);
    }
  }

  private static double building(Roles roles) {
    return roles.building() == null ? 0 : roles.building().generation();
  }

  /** As seen at the last look; not a number before the first. */
  private Gauge.Builder<?> gauge(
      String name, Projection<?> projection, ToDoubleFunction<Roles> number) {
    return Gauge.builder(
            name,
            () -> {
              var roles = seen.get(projection.name());
              return roles == null ? Double.NaN : number.applyAsDouble(roles);
            })
        .tag("projection", projection.name());
  }
}
