package dev.orderflow.platform.error;

/** There is nothing under this name. */
public final class NotFoundException extends RuntimeException {
  private final ErrorCode code;

  /** Says what there is not. */
  public NotFoundException(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** What kind of thing it is. */
  public ErrorCode code() {
    return code;
  }
}
