package dev.orderflow.platform.error;

import org.jspecify.annotations.Nullable;

/** Something that is needed does not answer now; the same request may be sent again. */
public final class UnavailableException extends RuntimeException {
  /** Says what does not answer, in words that a caller may read. */
  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
