package dev.orderflow.platform.overview;

import java.util.List;

/**
 * What a part of a service hands in, as a bean.
 *
 * @param checks what can be well or not
 * @param series what is charted
 */
public record Shown(List<Check> checks, List<Series> series) {
  /** Keeps copies. */
  public Shown {
    checks = List.copyOf(checks);
    series = List.copyOf(series);
  }

  /** Without anything to chart. */
  public static Shown of(Check... checks) {
    return new Shown(List.of(checks), List.of());
  }
}
