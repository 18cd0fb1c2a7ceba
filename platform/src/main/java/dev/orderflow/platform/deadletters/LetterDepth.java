package dev.orderflow.platform.deadletters;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.orderflow.platform.deadletters.DeadLetters.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Shows how many letters there are, and how many orders or keys stand still for it. It turns
 * nothing off, for the others go on.
 */
@Component("deadLetters")
final class LetterDepth extends AbstractHealthIndicator implements MeterBinder {
  private final Supplier<Map<String, Backlog>> backlogs;
  private final Set<String> sources;

  LetterDepth(DeadLetters letters, LetterSender sender, DeadLetterProperties properties) {
    super("The dead letters cannot be counted");
    this.backlogs = Suppliers.memoizeWithExpiration(letters::backlogs, properties.checkInterval());
    this.sources = sender.sources();
  }

  /** How many letters each source had, a moment ago: all who ask share one look. */
  Map<String, Backlog> backlogs() {
    return backlogs.get();
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    sources.forEach(source -> health.withDetail(source, of(source)));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var source : sources) {
      Gauge.builder("orderflow.dead.letters", () -> of(source).letters())
          .description("What cannot proceed, with what follows it; the same on every instance")
          .tag("source", source)
          .register(registry);
      Gauge.builder("orderflow.dead.letters.held.up", () -> of(source).heldUp())
          .description("Orders and keys that have stopped at a letter; the same on every instance")
          .tag("source", source)
          .register(registry);
    }
  }

  private Backlog of(String source) {
    return backlogs().getOrDefault(source, Backlog.NONE);
  }
}
