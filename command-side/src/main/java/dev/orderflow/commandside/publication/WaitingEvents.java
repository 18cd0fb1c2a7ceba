package dev.orderflow.commandside.publication;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Since when events wait to be published, as far as this instance has heard of commits; also while
 * they cannot be read. When another instance publishes, none wait here.
 */
final class WaitingEvents implements MeterBinder {
  private final AtomicReference<@Nullable Long> since = new AtomicReference<>();

  /** Events were committed. */
  void committed() {
    if (since.get() == null) {
      since.compareAndSet(null, System.nanoTime());
    }
  }

  /**
   * All that was committed by then is published.
   *
   * @param then of the clock of {@link System#nanoTime()}
   */
  void publishedAllOf(long then) {
    since.updateAndGet(begin -> begin != null && begin - then <= 0 ? null : begin);
  }

  /** Another instance publishes. */
  void waitElsewhere() {
    since.set(null);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("orderflow.publication.waiting", this::seconds)
        .baseUnit("seconds")
        .description("For how long events have been waiting to be published")
        .register(registry);
  }

  private double seconds() {
    var begin = since.get();
    return begin == null ? 0 : (System.nanoTime() - begin) / 1e9;
  }
}
