package dev.orderflow.standalone.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Specifications of harmless processes. */
final class Specs {
  private Specs() {}

  static ProcessSpec shell(String name, Path directory, String script) {
    return shell(name, directory, script, new LogFile(directory.resolve(name + ".log")));
  }

  static ProcessSpec shell(String name, Path directory, String script, LogFile log) {
    return new ProcessSpec(
        name,
        name,
        "nowhere",
        List.of("sh", "-c", script),
        Map.of("GREETING", "hello"),
        directory,
        log,
        StopSignal.TERM,
        Duration.ofSeconds(1),
        ProcessSpec.ALWAYS,
        ProcessSpec.Preparation.NONE,
        pid -> true,
        () -> true);
  }
}
