package dev.orderflow.standalone.operation;

import java.io.PrintWriter;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Shows how far something is: on a terminal as a bar, elsewhere as a line now and then. */
public final class ProgressBar {
  private static final int WIDTH = 30;
  private static final int WHOLE = 100;
  private static final Duration ELSEWHERE = Duration.ofSeconds(2);

  private final PrintWriter out;
  private final boolean isTerminal;
  private long next = System.nanoTime();

  /** Prints to {@code out}. */
  public ProgressBar(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /**
   * Shows it, if it is time to.
   *
   * @param title what it is
   * @param progress with {@code percent}, and perhaps {@code eventsPerSecond} and {@code
   *     secondsLeft}
   */
  void show(String title, JsonNode progress) {
    var now = System.nanoTime();
    if (!isTerminal && now < next) {
      return;
    }
    next = now + ELSEWHERE.toNanos();
    var percent = progress.path("percent").asInt(0);
    var line = new StringBuilder("%-16s ".formatted(title));
    if (isTerminal) {
      var done = percent * WIDTH / WHOLE;
      line.append('[').repeat('#', done).repeat(' ', WIDTH - done).append("] ");
    }
    line.append("%3d %%".formatted(percent));
    if (progress.has("eventsPerSecond")) {
      line.append("  %,d events/s".formatted(progress.path("eventsPerSecond").asLong()));
    }
    if (progress.has("secondsLeft")) {
      line.append("  %d s left".formatted(progress.path("secondsLeft").asLong()));
    }
    if (isTerminal) {
      out.print("\r\u001b[K" + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Takes the bar away and says a line instead. */
  void say(String line) {
    out.println((isTerminal ? "\r\u001b[K" : "") + line);
    out.flush();
  }
}
