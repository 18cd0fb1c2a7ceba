package dev.orderflow.standalone.platform;

import dev.orderflow.standalone.process.ProcessSpec;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.ColorScheme;

/** Tells the person at the terminal what happens, one line at a time. */
public final class Console {
  private final PrintWriter out;
  private final PrintWriter err;
  private final ColorScheme colors;

  Console(PrintWriter out, PrintWriter err, ColorScheme colors) {
    this.out = out;
    this.err = err;
    this.colors = colors;
  }

  /** The console of a command. */
  public static Console of(CommandLine line) {
    return new Console(line.getOut(), line.getErr(), line.getColorScheme());
  }

  /** A line as it is. */
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Why something failed: the message where it is meant for people, all there is otherwise. */
  public synchronized void fail(Throwable failure) {
    var text =
        failure instanceof StartFailedException reason ? reason.getMessage() : failure.toString();
    refuse(text);
  }

  /** Why something is not done that was asked for: a message for people. */
  public synchronized void refuse(@Nullable String message) {
    err.println(colors.errorText(message));
    err.flush();
  }

  /** A step of the work is done. */
  void done(String title, String state, Duration took, String detail) {
    say(
        colors
            .ansi()
            .string(
                "  %-16s @|green %-9s|@ %5.1f s   %s"
                    .formatted(title, state, seconds(took), detail)));
  }

  void ready(ProcessSpec spec, Duration took, boolean again) {
    done(spec.title(), again ? "again" : "ready", took, spec.address());
  }

  void died(ProcessSpec spec, String cause, Duration delay) {
    say(
        colors
            .ansi()
            .string(
                "  %-16s @|red died|@      %s; starting it again in %.1f s (log: %s)"
                    .formatted(spec.title(), cause, seconds(delay), spec.log().path())));
  }

  void held(ProcessSpec spec) {
    say(
        colors
            .ansi()
            .string(
                "  %-16s @|yellow stopped|@   by staff, until they start it"
                    .formatted(spec.title())));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
