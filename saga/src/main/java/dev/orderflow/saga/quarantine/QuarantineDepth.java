package dev.orderflow.saga.quarantine;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.orderflow.saga.Worker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Shows how many letters there are: to whom it concerns that an order stands still. It turns
 * nothing off, for the others go on.
 */
@Component("quarantine")
final class QuarantineDepth extends AbstractHealthIndicator implements MeterBinder {
  private static final Duration COUNTED_EVERY = Duration.ofSeconds(2);

  private final Supplier<Map<Worker, Long>> depths;

  QuarantineDepth(DeadLetters letters) {
    super("The dead letters cannot be counted");
    this.depths = Suppliers.memoizeWithExpiration(letters::depths, COUNTED_EVERY);
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    depths.get().forEach((worker, depth) -> health.withDetail(worker.id(), depth));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var worker : Worker.values()) {
      Gauge.builder("orderflow.quarantine.letters", () -> depths.get().get(worker))
          .description("What cannot proceed, with what follows it; the same on every instance")
          .tag("source", worker.id())
          .register(registry);
    }
  }
}
