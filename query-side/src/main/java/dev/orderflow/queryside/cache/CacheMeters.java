package dev.orderflow.queryside.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What operators see of a cache: {@code orderflow.cache.*}, with the name of the cache as a tag.
 */
final class CacheMeters {
  private static final String CACHE = "cache";

  private final MeterRegistry registry;
  private final String cache;
  private final Counter localHits;
  private final Counter localMisses;
  private final Counter sharedHits;
  private final Counter sharedMisses;
  private final Counter sharedFailures;
  private final Counter invalidations;
  private final Timer loads;
  private final Timer leaseWaits;
  private final Timer settled;
  private volatile Duration behind = Duration.ZERO;

  CacheMeters(MeterRegistry registry, String cache) {
    this.registry = registry;
    this.cache = cache;
    localHits = read("l1", "hit");
    localMisses = read("l1", "miss");
    sharedHits = read("l2", "hit");
    sharedMisses = read("l2", "miss");
    sharedFailures = read("l2", "failure");
    invalidations =
        Counter.builder("orderflow.cache.invalidations")
            .description("Changes that were heard of")
            .tag(CACHE, cache)
            .register(registry);
    loads = timer("orderflow.cache.loads", "Reads of the source");
    leaseWaits = timer("orderflow.cache.lease.waits", "Waits for another instance that loads");
    settled = timer("orderflow.cache.staleness", "From a change to its announcement");
    gauge(
        "orderflow.cache.behind",
        "Seconds for which L2 has been owed a change",
        () -> behind.toMillis() / 1000.0);
  }

  private Counter read(String level, String result) {
    return Counter.builder("orderflow.cache.reads")
        .description("Keys looked up")
        .tag(CACHE, cache)
        .tag("level", level)
        .tag("result", result)
        .register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .tag(CACHE, cache)
        .publishPercentileHistogram()
        .register(registry);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tag(CACHE, cache).register(registry);
  }

  /** Whether the two levels are in use. */
  void levels(BooleanSupplier listening, BooleanSupplier trusted, LongSupplier size) {
    gauge("orderflow.cache.l1.listening", "Whether L1 is in use", () -> one(listening));
    gauge("orderflow.cache.l2.trusted", "Whether L2 is in use", () -> one(trusted));
    gauge("orderflow.cache.l1.size", "Keys in L1", size::getAsLong);
  }

  private static int one(BooleanSupplier condition) {
    return condition.getAsBoolean() ? 1 : 0;
  }

  void local(boolean hit) {
    (hit ? localHits : localMisses).increment();
  }

  void sharedHit() {
    sharedHits.increment();
  }

  void sharedMisses(int count) {
    sharedMisses.increment(count);
  }

  void sharedFailed() {
    sharedFailures.increment();
  }

  void heard() {
    invalidations.increment();
  }

  <T> T load(Supplier<T> load) {
    return loads.record(load);
  }

  void leaseWait(Duration length) {
    leaseWaits.record(length);
  }

  /** A change was announced, after this time. */
  void settled(Duration age) {
    settled.record(age);
  }

  /** The age of the oldest change that is owed. */
  void behind(Duration age) {
    behind = age;
  }
}
