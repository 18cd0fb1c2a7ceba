package dev.orderflow.platform.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A value over the last hour, sampled every {@value #STEP_SECONDS} s, in the memory of the
 * instance. Steps begin at whole multiples of that, so that those of several instances fit
 * together.
 */
public final class Series {
  /** From one value to the next, in seconds. */
  public static final int STEP_SECONDS = 10;

  private static final int STEPS = 360;

  private final String name;
  private final @Nullable String of;
  private final String unit;
  private final Together together;
  private final DoubleSupplier source;
  private final double[] values = new double[STEPS];
  private long first = -1;
  private long last = -1;

  /**
   * @param name in lower case with dots
   * @param unit as in {@code 1/min}; empty for a plain number
   * @param together what the values of several instances are together
   * @param source asked once per step; NaN while there is nothing to tell
   */
  public Series(String name, String unit, Together together, DoubleSupplier source) {
    this(name, null, unit, together, source);
  }

  /**
   * One of several with this name.
   *
   * @param of which one; otherwise as above
   */
  public Series(
      String name, @Nullable String of, String unit, Together together, DoubleSupplier source) {
    this.name = name;
    this.of = of;
    this.unit = unit;
    this.together = together;
    this.source = source;
    Arrays.fill(values, Double.NaN);
  }

  /** The newest value; NaN before the first. */
  public synchronized double latest() {
    return last < 0 ? Double.NaN : values[place(last)];
  }

  /** Asks for the value of the step in which this time is, unless it is known. */
  void sample(Instant now) {
    var step = Math.floorDiv(now.getEpochSecond(), (long) STEP_SECONDS);
    if (isKnown(step)) {
      return;
    }
    add(step, source.getAsDouble());
  }

  private synchronized boolean isKnown(long step) {
    return step <= last;
  }

  private synchronized void add(long step, double value) {
    if (first < 0) {
      first = step;
    } else {
      for (var missed = Math.max(last + 1, step - STEPS); missed < step; missed++) {
        values[place(missed)] = Double.NaN;
      }
    }
    values[place(step)] = value;
    last = step;
  }

  private static int place(long step) {
    return Math.floorMod(step, STEPS);
  }

  /** Null before the first value. */
  synchronized Overview.@Nullable SeriesJson shown(String service) {
    if (last < 0) {
      return null;
    }
    var begin = Math.max(first, last - STEPS + 1);
    var shown = new ArrayList<@Nullable Double>();
    for (var step = begin; step <= last; step++) {
      shown.add(Overview.rounded(values[place(step)]));
    }
    return new Overview.SeriesJson(
        name,
        of,
        service,
        unit,
        together,
        STEP_SECONDS,
        Instant.ofEpochSecond(begin * STEP_SECONDS),
        shown);
  }
}
