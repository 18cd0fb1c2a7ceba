package dev.orderflow.e2e.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs in the project's directory.
 *
 * @param log takes what they complain about
 */
public record CommandLine(Path log, Map<String, String> environment) {
  private static final Duration LONGEST = Duration.ofMinutes(8);

  /** What a program says that ends well. */
  public String run(List<String> command) {
    return run(command, "");
  }

  /** What a program says to this input, and ends well. */
  public String run(List<String> command, String input) {
    var ended = end(command, input, LONGEST);
    assertThat(ended.exitCode).as("%s: %s; see %s", command, ended.output, log).isZero();
    return ended.output;
  }

  /** Whether a program ends well in this time. */
  public boolean succeeds(List<String> command, Duration limit) {
    return end(command, "", limit).exitCode == 0;
  }

  private record Ended(int exitCode, String output) {}

  private Ended end(List<String> command, String input, Duration limit) {
    try {
      Files.createDirectories(log.getParent());
      var answer = Files.createTempFile(log.getParent(), "command", ".out");
      try {
        var builder =
            new ProcessBuilder(command)
                .directory(PlatformUnderTest.PROJECT.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectOutput(answer.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try (var writer = process.outputWriter(UTF_8)) {
          writer.write(input);
        }
        var exitCode =
            process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                ? process.exitValue()
                : process.destroyForcibly().waitFor();
        return new Ended(exitCode, Files.readString(answer, UTF_8).strip());
      } finally {
        Files.delete(answer);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
