package dev.orderflow.queryside.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What operators see of a cache: {@code orderflow.cache.*}, with the name of the cache as a tag.
 */
final class CacheMeters {
  private final MeterRegistry registry;
  private final String cache;
  private final Counter localHits;
  private final Counter localMisses;
  private final Counter sharedHits;
  private final Counter sharedMisses;
  private final Counter refusals;
  private final Counter changes;
  private final Counter failures;
  private final Timer loads;

  CacheMeters(MeterRegistry registry, String cache) {
    this.registry = registry;
    this.cache = cache;
    localHits = counter("reads", "Keys looked up", "level", "l1", "result", "hit");
    localMisses = counter("reads", "Keys looked up", "level", "l1", "result", "miss");
    sharedHits = counter("reads", "Keys looked up", "level", "l2", "result", "hit");
    sharedMisses = counter("reads", "Keys looked up", "level", "l2", "result", "miss");
    refusals = counter("refusals", "Loads that were older than what was heard of or answered");
    changes = counter("invalidations", "Changes that were heard of");
    failures = counter("failures", "Commands that Redis has not answered, or with an error");
    loads =
        Timer.builder("orderflow.cache.loads")
            .description("Reads of the source")
            .tag("cache", cache)
            .publishPercentileHistogram()
            .register(registry);
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder("orderflow.cache." + name)
        .description(description)
        .tag("cache", cache)
        .tags(tags)
        .register(registry);
  }

  void connected(BooleanSupplier connected) {
    gauge("l2.connected", "Whether Redis answers", () -> connected.getAsBoolean() ? 1 : 0);
  }

  void size(LongSupplier size) {
    gauge("l1.size", "Keys in L1", size::getAsLong);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder("orderflow.cache." + name, value)
        .description(description)
        .tag("cache", cache)
        .register(registry);
  }

  void local(boolean hit) {
    (hit ? localHits : localMisses).increment();
  }

  void shared(int hits, int misses) {
    sharedHits.increment(hits);
    sharedMisses.increment(misses);
  }

  void refused() {
    refusals.increment();
  }

  void heard() {
    changes.increment();
  }

  void failed() {
    failures.increment();
  }

  <T> T load(Supplier<T> load) {
    return loads.record(load);
  }
}
