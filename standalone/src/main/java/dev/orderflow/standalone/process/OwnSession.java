package dev.orderflow.standalone.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * In a session of its own a child does not get the terminal's Ctrl-C, and the launcher can stop all
 * in order. {@code setsid} replaces itself by the program, so the process id stays.
 */
public final class OwnSession {
  private OwnSession() {}

  /** What to put before a command; nothing on a machine without {@code setsid}. */
  public static List<String> prefix() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(program -> Files.isExecutable(Path.of(program)))
        .limit(1)
        .toList();
  }
}
