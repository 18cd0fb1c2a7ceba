package dev.orderflow.saga.quarantine;

import dev.orderflow.saga.Worker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Shows how many letters there are: to whom it concerns that an order stands still. It turns
 * nothing off, for the others go on.
 */
@Component("quarantine")
final class QuarantineDepth extends AbstractHealthIndicator implements MeterBinder {
  private final DeadLetters letters;

  QuarantineDepth(DeadLetters letters) {
    super("The dead letters cannot be counted");
    this.letters = letters;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    letters.depths().forEach((worker, depth) -> health.withDetail(worker.id(), depth));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var worker : Worker.values()) {
      Gauge.builder("orderflow.quarantine.letters", () -> letters.depths().get(worker))
          .description("What cannot proceed, with what follows it; the same on every instance")
          .tag("source", worker.id())
          .register(registry);
    }
  }
}
