package dev.orderflow.standalone.command;

import dev.orderflow.standalone.platform.Console;
import dev.orderflow.standalone.platform.DataDirectory;
import dev.orderflow.standalone.platform.Launch;
import dev.orderflow.standalone.platform.Project;
import dev.orderflow.standalone.platform.RunningPlatform;
import dev.orderflow.standalone.process.StartFailedException;
import dev.orderflow.standalone.service.Endpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;

/** Finds the platform of a data directory for a command, or starts it for as long as it takes. */
final class OnPlatform {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);
  private static final Endpoints.Wanted ONE_OF_EACH_ON_FREE_PORTS =
      new Endpoints.Wanted(0, 1, 1, 1);

  private final Console console;
  private final PrintWriter out;

  OnPlatform(Console console, PrintWriter out) {
    this.console = console;
    this.out = out;
  }

  /** Something to do with a platform that runs. */
  @FunctionalInterface
  interface Work {
    /** Does it; the exit code. */
    int with(RunningPlatform platform, Projections projections)
        throws IOException, InterruptedException;
  }

  /**
   * Does the work.
   *
   * @param goesOn what is told to a person who ends the watching, of work that goes on without it
   * @return the work's exit code
   */
  int run(Path directory, String goesOn, Work work) throws IOException, InterruptedException {
    if (!DataDirectory.isOne(directory)) {
      throw new StartFailedException(
          "There is no data in %s. Choose the directory with --data-dir.".formatted(directory));
    }
    if (DataDirectory.isTaken(directory)) {
      return beside(RunningPlatform.in(directory.toRealPath()), goesOn, work);
    }
    return new Launch(Project.directory(), console)
        .during(directory, ONE_OF_EACH_ON_FREE_PORTS, platform -> work(platform, work));
  }

  /** Ctrl-C ends only the watching. */
  private int beside(RunningPlatform platform, String goesOn, Work work)
      throws IOException, InterruptedException {
    var hook = new Thread(() -> console.say(goesOn), "watching ends");
    if (goesOn.isEmpty()) {
      return work(platform, work);
    }
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work(platform, work);
    } finally {
      Launch.forget(hook);
    }
  }

  private int work(RunningPlatform platform, Work work) throws IOException, InterruptedException {
    try (var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build()) {
      return work.with(platform, new Projections(platform.adminClient(http), progress()));
    }
  }

  @SuppressWarnings("SystemConsoleNull") // It is null where the output is redirected.
  private Progress progress() {
    var terminal = System.console();
    return terminal != null && terminal.isTerminal()
        ? Progress.redrawn(out)
        : Progress.inLines(out, BETWEEN_LINES);
  }
}
