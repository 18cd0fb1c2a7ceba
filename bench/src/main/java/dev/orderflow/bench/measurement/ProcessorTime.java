package dev.orderflow.bench.measurement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a process has used of the processors, as Linux writes it into a {@code stat}.
 *
 * @param own its own, in nanoseconds
 * @param ofEnded that of processes that it had started and that have ended since
 */
record ProcessorTime(long own, long ofEnded) {
  /** Linux counts in hundredths of a second here, whatever the architecture. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** The name, which may hold anything, ten fields, and the four times. */
  private static final Pattern STAT =
      Pattern.compile("\\d+ \\(.*\\) (?:\\S+ ){11}(\\d+) (\\d+) (\\d+) (\\d+) .*", Pattern.DOTALL);

  /** Of one; nothing when it has ended meanwhile. */
  static ProcessorTime of(Path directory) {
    try {
      var fields = STAT.matcher(Files.readString(directory.resolve("stat")));
      if (fields.matches()) {
        return new ProcessorTime(
            nanos(fields.group(1)) + nanos(fields.group(2)),
            nanos(fields.group(3)) + nanos(fields.group(4)));
      }
    } catch (IOException _) {
      // It has ended.
    }
    return new ProcessorTime(0, 0);
  }

  private static long nanos(String ticks) {
    return Long.parseLong(ticks) * NANOS_PER_TICK;
  }
}
