package dev.orderflow.standalone.process;

/** Something could not be started. The message is meant for the person at the terminal. */
public final class StartFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with the reason and, where there is one, the remedy. */
  public StartFailedException(String message) {
    super(message);
  }

  /** The same, caused by another failure. */
  public StartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
