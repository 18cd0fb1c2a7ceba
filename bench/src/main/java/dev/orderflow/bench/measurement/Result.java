package dev.orderflow.bench.measurement;

import java.util.Locale;

/**
 * What came out of a benchmark.
 *
 * @param measured what was measured, against what
 * @param aim what we would like to see
 * @param outcome what we saw
 */
public record Result(String measured, String aim, String outcome) {
  /** A ratio in several rounds: the median, and from where to where. */
  public static Result ratio(String measured, double aim, Figures ratios) {
    return new Result(
        measured,
        String.format(Locale.ROOT, "%.2f", aim),
        String.format(
            Locale.ROOT, "%.2f (%.2f to %.2f)", ratios.median(), ratios.min(), ratios.max()));
  }

  public String row() {
    return "| %s | %s | %s |".formatted(measured, aim, outcome);
  }
}
