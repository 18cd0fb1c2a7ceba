package dev.orderflow.queryside.quarantine;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Shows how many records were not taken in, and how many keys stand still for it. It turns nothing
 * off, for the others go on.
 */
@Component("quarantine")
final class LetterDepth extends AbstractHealthIndicator implements MeterBinder {
  private final Supplier<Map<String, Letters.Backlog>> backlogs;
  private final Intake intake;

  LetterDepth(Letters letters, Intake intake, QuarantineProperties properties) {
    super("The dead letters cannot be counted");
    this.backlogs = Suppliers.memoizeWithExpiration(letters::backlogs, properties.checkInterval());
    this.intake = intake;
  }

  /** How many letters each projection had, a moment ago: all who ask share one look. */
  Map<String, Letters.Backlog> backlogs() {
    return backlogs.get();
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    var counted = backlogs();
    for (var projection : intake.projections()) {
      health.withDetail(projection, counted.getOrDefault(projection, Letters.Backlog.NONE));
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var projection : intake.projections()) {
      Gauge.builder("orderflow.quarantine.letters", () -> of(projection).letters())
          .description("Records that were not taken in; the same on every instance")
          .tag("source", projection)
          .register(registry);
      Gauge.builder("orderflow.projection.held.up", () -> of(projection).heldUp())
          .description("Keys that have stopped at a record; the same on every instance")
          .tag("projection", projection)
          .register(registry);
    }
  }

  private Letters.Backlog of(String projection) {
    return backlogs().getOrDefault(projection, Letters.Backlog.NONE);
  }
}
