package dev.orderflow.platform.overview;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be well or not: a value that is the worse the greater it is, and from where on
 * it counts as trouble. The limits are those of the alerts ({@code deploy/prometheus/rules.yml}):
 * of a warning amber, of a critical one red.
 *
 * @param name in lower case with dashes
 * @param of which one it is of several with this name; null when there is one
 * @param value NaN while there is nothing to tell; may take its time, since it is asked in the
 *     background, and no two times at once
 * @param unit of the value, as in {@code s}; empty for a plain number
 * @param amberFrom from here on it is amber; null for never
 * @param redFrom from here on it is red; null for never
 * @param runbook the anchor of its paragraph in docs/operations.md
 */
public record Check(
    String name,
    @Nullable String of,
    DoubleSupplier value,
    String unit,
    @Nullable Double amberFrom,
    @Nullable Double redFrom,
    String runbook) {
  /** One that needs attention from a value on, like an alert that is a warning. */
  public static Check amber(
      String name, DoubleSupplier value, String unit, double from, String runbook) {
    return new Check(name, null, value, unit, from, null, runbook);
  }

  /** One that needs attention at once from a value on, like an alert that is critical. */
  public static Check red(
      String name, DoubleSupplier value, String unit, double from, String runbook) {
    return new Check(name, null, value, unit, null, from, runbook);
  }

  /** The same of one of several. */
  public Check of(String which) {
    return new Check(name, which, value, unit, amberFrom, redFrom, runbook);
  }

  Status judge(double measured) {
    if (redFrom != null && measured >= redFrom) {
      return Status.RED;
    }
    return amberFrom != null && measured >= amberFrom ? Status.AMBER : Status.GREEN;
  }
}
