package dev.orderflow.commandside.audit;

import java.io.PrintStream;
import java.time.Duration;

/** Says how far the audit is: on a terminal in one line, elsewhere in a line now and then. */
final class ProgressLine {
  private static final Duration ON_A_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(2);

  private final PrintStream out;
  private final boolean isTerminal;
  private long next = System.nanoTime();

  ProgressLine(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /**
   * Call it after every event.
   *
   * @param events so far
   * @param of how many there are on this walk
   */
  void show(Walk walk, long events, long of) {
    var now = System.nanoTime();
    if (now >= next || (isTerminal && events == of)) {
      var line =
          "%-16s %,d of %,d events, %d %%".formatted(walk.groups(), events, of, events * 100 / of);
      if (isTerminal) {
        out.print("\r\u001b[K" + line);
        out.flush();
      } else {
        out.println(line);
      }
      next = now + (isTerminal ? ON_A_TERMINAL : ELSEWHERE).toNanos();
    }
  }

  void end() {
    if (isTerminal) {
      out.print("\r\u001b[K");
    }
  }
}
