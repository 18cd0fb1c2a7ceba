package dev.orderflow.standalone.command;

import java.io.PrintWriter;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Shows how far a work is: a bar that is redrawn on a terminal, a line now and then elsewhere. */
final class Progress {
  private static final int WIDTH = 30;
  private static final int DONE = 100;

  private final PrintWriter out;
  private final boolean isTerminal;
  private final Duration interval;

  private Progress(PrintWriter out, boolean isTerminal, Duration interval) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.interval = interval;
  }

  /** For a terminal. */
  public static Progress redrawn(PrintWriter out) {
    return new Progress(out, true, Duration.ofMillis(250));
  }

  /** For a file or another program. */
  public static Progress inLines(PrintWriter out, Duration interval) {
    return new Progress(out, false, interval);
  }

  /** Shows {@code percent}, {@code eventsPerSecond} and {@code secondsLeft}, then waits. */
  void show(String title, JsonNode work) throws InterruptedException {
    var percent = Math.clamp(work.path("percent").asInt(0), 0, DONE);
    show(
        "%s %s %3d %%  %d events/s%s"
            .formatted(
                title,
                bar(percent),
                percent,
                work.path("eventsPerSecond").asLong(0),
                work.hasNonNull("secondsLeft")
                    ? "  %d s left".formatted(work.path("secondsLeft").asLong())
                    : ""));
  }

  /** Shows a line that the next one replaces, then waits. */
  void show(String line) throws InterruptedException {
    if (isTerminal) {
      out.print("\r" + line + "\u001b[K");
    } else {
      out.println(line);
    }
    out.flush();
    Thread.sleep(interval);
  }

  /** Says a result, which stays. */
  void say(String line) {
    out.println(isTerminal ? "\r" + line + "\u001b[K" : line);
    out.flush();
  }

  private static String bar(int percent) {
    var filled = WIDTH * percent / DONE;
    return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
  }
}
