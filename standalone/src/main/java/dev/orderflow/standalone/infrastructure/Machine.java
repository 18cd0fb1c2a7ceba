package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.process.StartFailedException;

/** The kind of machine, which decides about the programs that run on it. */
record Machine(String os, String architecture) {

  static Machine current() {
    return new Machine(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** The archive in zonky's jar, of which the class path has the one for this kind of machine. */
  String postgresArchive() {
    requireSupported();
    return "postgres-linux-x86_64.txz";
  }

  /** The program in the embedded-redis jar. */
  String redisProgram() {
    requireSupported();
    return "redis-server-6.2.6-v5-linux-amd64";
  }

  private void requireSupported() {
    if (!os.equals("Linux") || !architecture.equals("amd64")) {
      throw new StartFailedException(
          "There are no embedded servers for %s on %s; Linux on amd64 has them."
              .formatted(os, architecture));
    }
  }
}
