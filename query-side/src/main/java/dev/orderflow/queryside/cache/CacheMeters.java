package dev.orderflow.queryside.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/**
 * What operators see of a cache: {@code orderflow.cache.*}, with the name of the cache as a tag.
 */
final class CacheMeters {
  private final MeterRegistry registry;
  private final Tags tags;
  final Counter localHits;
  final Counter localMisses;
  final Counter sharedHits;
  final Counter sharedMisses;
  final Counter refusals;
  final Counter changes;
  final Counter failures;
  final Timer loads;

  CacheMeters(MeterRegistry registry, String cache) {
    this.registry = registry;
    tags = Tags.of("cache", cache);
    localHits = counter("reads", "Keys looked up", "level", "l1", "result", "hit");
    localMisses = counter("reads", "Keys looked up", "level", "l1", "result", "miss");
    sharedHits = counter("reads", "Keys looked up", "level", "l2", "result", "hit");
    sharedMisses = counter("reads", "Keys looked up", "level", "l2", "result", "miss");
    refusals = counter("refusals", "Values of L2 older than what was heard of or answered");
    changes = counter("invalidations", "Changes that were heard of");
    failures = counter("failures", "Commands that Redis has not answered, or with an error");
    loads =
        Timer.builder("orderflow.cache.loads")
            .description("Reads of the source")
            .tags(tags)
            .publishPercentileHistogram()
            .register(registry);
  }

  private Counter counter(String name, String description, String... more) {
    return Counter.builder("orderflow.cache." + name)
        .description(description)
        .tags(tags.and(more))
        .register(registry);
  }

  void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder("orderflow.cache." + name, value)
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
