package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.process.StartFailedException;
import java.util.Locale;

/** The kind of machine, which decides about the programs that run on it. */
record Machine(String os, String architecture) {

  static Machine current() {
    return new Machine(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** The archive in zonky's jars; only that of the jar on the class path is there. */
  String postgresArchive() {
    var arch = architecture.equals("amd64") ? "x86_64" : architecture;
    return "postgres-%s-%s.txz".formatted(osName(), arch.equals("aarch64") ? "arm_64" : arch);
  }

  /** The program in the embedded-redis jar. */
  String redisProgram() {
    return switch (osName() + "-" + architecture) {
      case "linux-amd64" -> "redis-server-6.2.6-v5-linux-amd64";
      case "linux-aarch64" -> "redis-server-6.2.7-linux-arm64";
      case "darwin-x86_64" -> "redis-server-6.2.6-v5-darwin-amd64";
      case "darwin-aarch64" -> "redis-server-6.2.6-v5-darwin-arm64";
      default -> throw unsupported();
    };
  }

  StartFailedException unsupported() {
    return new StartFailedException(
        "There are no embedded servers for %s on %s.".formatted(os, architecture));
  }

  private String osName() {
    return os.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : os.toLowerCase(Locale.ROOT);
  }
}
