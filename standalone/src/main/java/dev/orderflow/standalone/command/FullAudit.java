package dev.orderflow.standalone.command;

import java.io.IOException;

/** Whether the event store keeps its rules and the projections equal what it says. */
final class FullAudit {
  private final Program program;
  private final Projections projections;

  /** The check of the event store, in a process of its own. */
  @FunctionalInterface
  public interface Program {
    /** Runs it to its end: 0 every rule holds, 1 one is broken, anything else not done. */
    int run() throws IOException, InterruptedException;
  }

  /** Of the event store that the program reads, and these projections. */
  public FullAudit(Program program, Projections projections) {
    this.program = program;
    this.projections = projections;
  }

  /**
   * Does both parts, whatever comes of the first.
   *
   * @return the exit code: 0 everything holds, 1 something is broken, 2 not done
   */
  public int run() throws IOException, InterruptedException {
    var store = program.run();
    return ExitCode.worse(
        store == ExitCode.DONE || store == ExitCode.BROKEN ? store : ExitCode.NOT_DONE,
        projections.compare());
  }
}
