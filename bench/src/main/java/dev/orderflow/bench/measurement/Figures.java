package dev.orderflow.bench.measurement;

import java.util.Collection;

/** Figures of the same kind, in ascending order. */
public final class Figures {
  private final double[] ascending;

  /** At least one. */
  public Figures(Collection<Double> figures) {
    ascending = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** The least. */
  public double min() {
    return ascending[0];
  }

  /** The one in the middle. */
  public double median() {
    return at(0.5);
  }

  /** The one below which this share of them lies. */
  public double at(double share) {
    return ascending[(int) Math.min(ascending.length - 1, Math.floor(share * ascending.length))];
  }

  /** The greatest. */
  public double max() {
    return ascending[ascending.length - 1];
  }
}
