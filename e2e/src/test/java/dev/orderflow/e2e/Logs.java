package dev.orderflow.e2e;

import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The logs of all processes of a platform, as they were. */
record Logs(Path directory, long bytes) {
  /**
   * What all of them may grow by while a test class fires at them, however often it fires. A few
   * lines a minute and kind come from nine processes; a stack trace has some 10 KB.
   */
  static final long FOR_MINUTES_OF_FIRE = 64 * 1024;

  static Logs of(PlatformUnderTest platform) {
    var directory = ((LocalPlatform) platform).data().resolve("logs");
    return new Logs(directory, size(directory));
  }

  /** By how many bytes they have grown since. */
  long growth() {
    return size(directory) - bytes;
  }

  /** Every line of all of them. */
  List<String> lines() throws IOException {
    try (var files = Files.list(directory)) {
      var lines = new ArrayList<String>();
      for (var file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    }
  }

  private static long size(Path directory) {
    try (var files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
