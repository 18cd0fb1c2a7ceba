package dev.orderflow.bench.orders;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the platform has used: since it began, between two readings, in a second, or for an order.
 *
 * @param seconds the time that went by
 * @param processor milliseconds of processor time, by the part of the platform
 * @param counts what else was counted, by its name
 */
record Usage(double seconds, Map<String, Double> processor, Map<String, Double> counts) {
  /** Keeps the order of the parts. */
  Usage {
    processor = new LinkedHashMap<>(processor);
    counts = new LinkedHashMap<>(counts);
  }

  /** What was used since an earlier reading. */
  Usage since(Usage earlier) {
    return minus(earlier);
  }

  /** What of it is for the work and not for being there, when that is known for each second. */
  Usage without(Usage idlePerSecond) {
    return minus(idlePerSecond.times(seconds));
  }

  private Usage minus(Usage other) {
    return new Usage(
        seconds - other.seconds, minus(processor, other.processor), minus(counts, other.counts));
  }

  private static Map<String, Double> minus(Map<String, Double> these, Map<String, Double> those) {
    var result = new LinkedHashMap<String, Double>();
    these.forEach((name, value) -> result.put(name, value - those.getOrDefault(name, 0.0)));
    return result;
  }

  /** The share of each of so many. */
  Usage per(double count) {
    return times(1 / count);
  }

  /** The same for each second. */
  Usage perSecond() {
    return per(seconds);
  }

  private Usage times(double factor) {
    return new Usage(seconds * factor, times(processor, factor), times(counts, factor));
  }

  private static Map<String, Double> times(Map<String, Double> values, double factor) {
    var result = new LinkedHashMap<String, Double>();
    values.forEach((name, value) -> result.put(name, value * factor));
    return result;
  }

  /** The same without the bench, which does not rest while the platform does. */
  Usage ofThePlatform() {
    var parts = new LinkedHashMap<>(processor);
    parts.remove(Instruments.CLIENT);
    return new Usage(seconds, parts, counts);
  }

  /** The processor time of all parts but the bench itself. */
  double platformMillis() {
    return processor.entrySet().stream()
        .filter(part -> !part.getKey().equals(Instruments.CLIENT))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** All processor times in words. */
  String processorTimes() {
    return String.format(Locale.ROOT, "%.2f ms: ", platformMillis())
        + processor.entrySet().stream()
            .map(part -> String.format(Locale.ROOT, "%s %.2f", part.getKey(), part.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** One of the counts. */
  double count(String name) {
    return counts.getOrDefault(name, 0.0);
  }
}
