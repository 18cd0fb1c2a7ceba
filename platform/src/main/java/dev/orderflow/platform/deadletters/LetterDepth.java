package dev.orderflow.platform.deadletters;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.orderflow.platform.deadletters.DeadLetters.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Set;

/** Shows how many letters there are, and how many orders or keys stand still for it. */
final class LetterDepth implements MeterBinder {
  /** All gauges share one look. */
  private final Supplier<Map<String, Backlog>> backlogs;

  private final Set<String> sources;

  LetterDepth(DeadLetters letters, LetterSender sender, DeadLetterProperties properties) {
    this.backlogs = Suppliers.memoizeWithExpiration(letters::backlogs, properties.checkInterval());
    this.sources = sender.sources();
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
    return backlogs.get().getOrDefault(source, Backlog.NONE);
  }
}
