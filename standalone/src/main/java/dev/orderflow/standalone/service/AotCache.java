package dev.orderflow.standalone.service;

import dev.orderflow.standalone.process.JavaProcess;
import dev.orderflow.standalone.process.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a JVM has learned of a service by the time its parts are put together (JEP 483, 514): its
 * classes, loaded and linked. A JVM that starts with it needs about six tenths of the processor
 * time until ready. Without the file, or with one that does not fit its options, it starts all the
 * same.
 */
record AotCache(Path jar, Path file) {
  /** On a machine that is busy with other things, too. */
  private static final Duration MADE_WITHIN = Duration.ofMinutes(3);

  /**
   * No server is asked: nothing listens on port 1, and the service ends before it would connect.
   */
  private static final Map<String, String> ALONE =
      Map.of(
          "SPRING_FLYWAY_ENABLED", "false",
          "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/none",
          "SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");

  /** What to add to the options of a JVM that runs the jar; nothing when there is no file. */
  List<String> options() {
    // A JVM whose options do not suit the file would say so in the service's log.
    return Files.exists(file)
        ? List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off,cds*=off")
        : List.of();
  }

  /**
   * Runs the service until its parts are put together, and keeps what its JVM has learned, unless
   * there is a file. When that fails there is none, and a log in its place says why.
   *
   * @return whether there was anything to do
   */
  boolean make(List<String> jvmOptions, Map<String, String> environment) throws IOException {
    if (Files.exists(file)) {
      return false;
    }
    var unfinished = beside(".new");
    var command = new ArrayList<String>();
    command.add(JavaProcess.program());
    command.addAll(jvmOptions);
    command.add("-XX:AOTCacheOutput=" + unfinished);
    command.add("-Dspring.context.exit=onRefresh");
    command.add("-jar");
    command.add(jar.toString());
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(beside(".log").toFile());
    builder.environment().putAll(environment);
    builder.environment().putAll(ALONE);
    if (ProgramRun.exitCode(builder, MADE_WITHIN).orElse(1) == 0 && Files.exists(unfinished)) {
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return true;
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
