package dev.orderflow.standalone.command;

/** The exit codes of operations. */
final class ExitCode {
  static final int DONE = 0;
  static final int BROKEN = 1;
  static final int NOT_DONE = 2;

  private ExitCode() {}

  /** The one to report of two: what is known to be broken weighs more than what is not known. */
  static int worse(int one, int other) {
    return one == BROKEN || other == BROKEN ? BROKEN : Math.max(one, other);
  }
}
