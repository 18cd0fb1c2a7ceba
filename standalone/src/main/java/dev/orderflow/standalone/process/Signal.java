package dev.orderflow.standalone.process;

import java.io.IOException;

/** What the launcher asks of a process. */
public enum Signal {
  /** Most programs end in good order on it. */
  TERM,
  /**
   * PostgreSQL ends at once in good order on it, while on SIGTERM it would wait for its clients.
   */
  INT,
  /** A JVM writes what its threads do to its standard output, and goes on: it ends none. */
  QUIT;

  /** Sends the signal; a process that is gone already is no error. */
  public void send(ProcessHandle process) {
    if (this == TERM) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException noSuchProgram) {
      // Without what its threads do one can go on.
      if (this != QUIT) {
        process.destroy();
      }
    }
  }
}
