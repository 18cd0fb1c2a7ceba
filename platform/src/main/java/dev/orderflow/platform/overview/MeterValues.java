package dev.orderflow.platform.overview;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values of what is measured already, by Micrometer's names. They are NaN while there is no such
 * meter. Those of a step tell what has come since they were asked last, so each has one that asks.
 */
public final class MeterValues {
  private static final double P99 = 0.99;

  private final MeterRegistry meters;

  /** Of what is in this registry by the time it is asked for. */
  public MeterValues(MeterRegistry meters) {
    this.meters = meters;
  }

  /** The greatest of the gauges with this name and these tags, as they are now. */
  public DoubleSupplier gauge(String name, String... tags) {
    return () ->
        meters.find(name).tags(tags).gauges().stream()
            .mapToDouble(Gauge::value)
            .max()
            .orElse(Double.NaN);
  }

  /**
   * For how many seconds one of the gauges with this name and these tags has been above zero, of
   * all the longest.
   */
  public DoubleSupplier secondsAboveZero(String name, String... tags) {
    var since = new HashMap<Meter.Id, Long>();
    return () -> {
      var now = System.nanoTime();
      var above =
          meters.find(name).tags(tags).gauges().stream()
              .filter(gauge -> gauge.value() > 0)
              .map(Meter::getId)
              .collect(Collectors.toSet());
      since.keySet().retainAll(above);
      above.forEach(id -> since.putIfAbsent(id, now));
      return since.values().stream().mapToDouble(begin -> (now - begin) / 1e9).max().orElse(0);
    };
  }

  /** By how much the counters with this name and these tags have grown within the last time. */
  public DoubleSupplier grownWithin(Duration time, String name, String... tags) {
    var seen = new ArrayDeque<Map.Entry<Long, Double>>();
    return () -> {
      var now = System.nanoTime();
      var count = sum(counters(name, tags));
      seen.addLast(Map.entry(now, count));
      while (now - seen.getFirst().getKey() > time.toNanos()) {
        seen.removeFirst();
      }
      return count - seen.getFirst().getValue();
    };
  }

  /** By how much per minute the counters with this name and these tags have grown in a step. */
  public DoubleSupplier perMinute(String name, String... tags) {
    var growth = new Growth();
    return () -> growth.to(sum(counters(name, tags)))[0] * 60 / growth.seconds;
  }

  /** Which share of what these counters counted in a step was counted by those with this tag. */
  public DoubleSupplier share(String name, String tag, String value, String... tags) {
    var growth = new Growth();
    return () -> {
      var grown =
          growth.to(
              sum(meters.find(name).tags(tags).tag(tag, value).counters()),
              sum(counters(name, tags)));
      return grown[0] / grown[1];
    };
  }

  /** What 99 of 100 in a step were below, in seconds, of a timer that publishes a histogram. */
  public DoubleSupplier p99(String name, String... tags) {
    var growth = new Growth();
    return () -> {
      var timer = meters.find(name).tags(tags).timer();
      return timer == null ? Double.NaN : p99(timer, growth);
    };
  }

  private static double p99(Timer timer, Growth growth) {
    var snapshot = timer.takeSnapshot();
    var buckets = snapshot.histogramCounts();
    var counts = new double[buckets.length + 1];
    Arrays.setAll(counts, i -> i < buckets.length ? buckets[i].count() : (double) snapshot.count());
    var grown = growth.to(counts);
    var all = grown[buckets.length];
    if (!(all > 0)) {
      return Double.NaN;
    }
    return IntStream.range(0, buckets.length)
        .filter(i -> grown[i] >= P99 * all)
        .mapToDouble(i -> buckets[i].bucket(TimeUnit.SECONDS))
        .filter(Double::isFinite)
        .findFirst()
        .orElseGet(() -> snapshot.max(TimeUnit.SECONDS));
  }

  private Collection<Counter> counters(String name, String... tags) {
    return meters.find(name).tags(tags).counters();
  }

  private static double sum(Collection<Counter> counters) {
    return counters.isEmpty() ? Double.NaN : counters.stream().mapToDouble(Counter::count).sum();
  }

  /** By how much counts have grown since they were looked at last. */
  private static final class Growth {
    private double @Nullable [] before;
    private long at;
    private double seconds;

    /** NaN at first. */
    double[] to(double... counts) {
      var known = before;
      var now = System.nanoTime();
      seconds = (now - at) / 1e9;
      at = now;
      before = counts;
      var grown = new double[counts.length];
      Arrays.setAll(
          grown, i -> known == null || known.length <= i ? Double.NaN : counts[i] - known[i]);
      return grown;
    }
  }
}
