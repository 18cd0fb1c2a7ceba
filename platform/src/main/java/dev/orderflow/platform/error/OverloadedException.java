package dev.orderflow.platform.error;

/** More is asked for at once than can be worked on; the same request may be sent again later. */
public final class OverloadedException extends RuntimeException {
  /** Says what there is too much of, in words that a caller may read. */
  public OverloadedException(String message) {
    super(message, null, false, false);
  }
}
