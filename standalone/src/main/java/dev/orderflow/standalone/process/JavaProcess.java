package dev.orderflow.standalone.process;

import java.nio.file.Path;
import java.util.List;

/** What the child processes that are JVMs have in common. */
public final class JavaProcess {
  private JavaProcess() {}

  /** The program: the same Java that runs the launcher. */
  public static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Whether this command starts a JVM. */
  static boolean isStartedBy(List<String> command) {
    return command.getFirst().equals(program());
  }

  /**
   * An option that does nothing but tell a process from all others.
   *
   * @param name a path directly below the data directory, which need not exist
   */
  public static String marker(Path name) {
    return "-Dorderflow.process=" + name;
  }
}
