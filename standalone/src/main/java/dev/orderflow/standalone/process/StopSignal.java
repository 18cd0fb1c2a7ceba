package dev.orderflow.standalone.process;

import java.io.IOException;

/** The signal that asks a process to end in good order. */
public enum StopSignal {
  /** SIGTERM, which most programs understand. */
  TERM,
  /**
   * SIGINT: PostgreSQL ends at once in good order on it, while on SIGTERM it would wait for its
   * clients.
   */
  INT;

  /** Sends the signal; a process that is gone already is no error. */
  public void send(ProcessHandle process) {
    if (this == TERM) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException noSuchProgram) {
      process.destroy();
    }
  }
}
