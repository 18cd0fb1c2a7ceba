package dev.orderflow.standalone;

import dev.orderflow.standalone.process.ProcessEvents;
import dev.orderflow.standalone.process.ProcessSpec;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** Tells the person at the terminal what happens, one line at a time. */
final class Console implements ProcessEvents {
  private final PrintWriter out;
  private final Ansi ansi;

  Console(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  /** The console of a command. */
  static Console of(CommandSpec command) {
    return new Console(
        command.commandLine().getOut(), command.commandLine().getColorScheme().ansi());
  }

  /** A line as it is. */
  synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A step of the work is done. */
  void done(String title, String state, Duration took, String detail) {
    say(
        ansi.string(
            "  %-16s @|green %-9s|@ %5.1f s   %s".formatted(title, state, seconds(took), detail)));
  }

  @Override
  public void started(ProcessSpec spec, ProcessHandle process) {
    // Only what is ready matters to a reader.
  }

  @Override
  public void ready(ProcessSpec spec, Duration took, boolean again) {
    done(spec.title(), again ? "again" : "ready", took, spec.address());
  }

  @Override
  public void died(ProcessSpec spec, String cause, Duration delay) {
    say(
        ansi.string(
            "  %-16s @|red died|@      %s; starting it again in %.1f s (log: %s)"
                .formatted(spec.title(), cause, seconds(delay), spec.log().path())));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
