package dev.orderflow.platform.overview;

import java.util.DoubleSummaryStatistics;
import java.util.function.ToDoubleFunction;

/** What the values of several instances are together. */
public enum Together {
  /** Each has a share of it. */
  SUM(DoubleSummaryStatistics::getSum),
  /** The worst of them counts. */
  MAX(DoubleSummaryStatistics::getMax),
  /** Each has one of its own. */
  MEAN(DoubleSummaryStatistics::getAverage);

  @SuppressWarnings("ImmutableEnumChecker") // It keeps nothing, and cannot say so.
  private final ToDoubleFunction<DoubleSummaryStatistics> rule;

  Together(ToDoubleFunction<DoubleSummaryStatistics> rule) {
    this.rule = rule;
  }

  /** Of values, at least one. */
  public double of(DoubleSummaryStatistics values) {
    return rule.applyAsDouble(values);
  }
}
