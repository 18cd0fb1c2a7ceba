package dev.orderflow.platform.error;

import java.util.List;

/** A request that breaks rules of its form; names every field that does. */
public final class InvalidRequestException extends RuntimeException {
  private final ErrorCode code;
  private final List<FieldViolation> violations;

  /**
   * @param code what kind of error it is
   * @param violations at least one
   */
  public InvalidRequestException(ErrorCode code, List<FieldViolation> violations) {
    super(code.title(), null, false, false);
    this.code = code;
    this.violations = List.copyOf(violations);
  }

  /** What kind of error it is. */
  public ErrorCode code() {
    return code;
  }

  /** Every field that breaks its rule. */
  public List<FieldViolation> violations() {
    return violations;
  }
}
