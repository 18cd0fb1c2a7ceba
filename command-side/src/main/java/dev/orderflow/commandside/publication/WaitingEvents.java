package dev.orderflow.commandside.publication;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Since when events wait to be published, as far as this instance has heard of commits; also while
 * they cannot be read. When another instance publishes, none wait here.
 */
@Component
final class WaitingEvents implements MeterBinder {
  private final AtomicReference<@Nullable Wait> wait = new AtomicReference<>();

  /**
   * Both of the clock of {@link System#nanoTime()}.
   *
   * @param since no commit that waits is older
   * @param latest of the latest commit
   */
  private record Wait(long since, long latest) {}

  /** Events were committed. */
  void committed() {
    wait.updateAndGet(known -> {
      var now = System.nanoTime();
      return new Wait(known == null ? now : known.since(), now);
    });
  }

  /**
   * All that was committed by then is published.
   *
   * @param then of the clock of {@link System#nanoTime()}
   */
  void publishedAllOf(long then) {
    wait.updateAndGet(known ->
        known == null || known.latest() - then <= 0
            ? null
            : new Wait(known.since() - then <= 0 ? then : known.since(), known.latest()));
  }

  /** Another instance publishes. */
  void waitElsewhere() {
    wait.set(null);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("orderflow.publication.waiting", this::seconds)
        .baseUnit("seconds")
        .description("For how long events have been waiting to be published")
        .register(registry);
  }

  private double seconds() {
    var known = wait.get();
    return known == null ? 0 : (System.nanoTime() - known.since()) / 1e9;
  }
}
