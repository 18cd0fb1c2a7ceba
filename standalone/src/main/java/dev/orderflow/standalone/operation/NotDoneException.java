package dev.orderflow.standalone.operation;

/** What an operator wanted could not be done. The message is meant for the operator. */
public final class NotDoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason and, where there is one, the remedy. */
  public NotDoneException(String message) {
    super(message);
  }
}
