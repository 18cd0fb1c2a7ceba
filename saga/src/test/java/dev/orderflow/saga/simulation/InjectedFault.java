package dev.orderflow.saga.simulation;

/** What ends an attempt in the middle. Everything else that is thrown is a bug. */
public abstract sealed class InjectedFault extends RuntimeException {
  private InjectedFault(String message) {
    super(message, null, false, false);
  }

  /** The attempt has failed, and its caller knows. */
  public static final class Failure extends InjectedFault {
    /** Of a call. */
    public Failure() {
      super("A call has failed");
    }
  }

  /** The process has ended: nothing is noted any more. */
  public static final class Crash extends InjectedFault {
    /** Between two steps. */
    public Crash() {
      super("The process has crashed");
    }
  }
}
