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
    return program(name, directory, log, "sh", "-c", script);
  }

  /** A JVM that runs this source file. */
  static ProcessSpec java(String name, Path directory, Path source) {
    var log = new LogFile(directory.resolve(name + ".log"));
    return program(name, directory, log, JavaProcess.program(), source.toString());
  }

  private static ProcessSpec program(String name, Path directory, LogFile log, String... command) {
    return new ProcessSpec(
        name,
        name,
        "nowhere",
        List.of(command),
        Map.of("GREETING", "hello"),
        directory,
        log,
        Signal.TERM,
        Duration.ofSeconds(1),
        ProcessSpec.ALWAYS,
        ProcessSpec.Preparation.NONE,
        () -> true,
        () -> true);
  }
}
