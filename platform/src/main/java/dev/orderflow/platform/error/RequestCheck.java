package dev.orderflow.platform.error;

import dev.orderflow.api.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a request one by one, and reports all that break a rule together. */
public final class RequestCheck {
  private final List<FieldViolation> violations = new ArrayList<>();

  /**
   * Reads a field that must be there.
   *
   * @param field its path
   * @param raw what the caller sent; null when nothing
   * @param read makes the value, or throws {@link InvalidValueException}
   * @return null when it breaks a rule; {@link #orThrow} tells the caller so
   */
  public <R, T> @Nullable T required(String field, @Nullable R raw, Function<R, T> read) {
    if (raw == null || raw.equals("")) {
      violations.add(new FieldViolation(field, "is required"));
      return null;
    }
    return check(field, () -> read.apply(raw));
  }

  /** Reads a field that may be missing, and is null then. */
  public <R, T> @Nullable T optional(String field, @Nullable R raw, Function<R, T> read) {
    return raw == null || raw.equals("") ? null : check(field, () -> read.apply(raw));
  }

  /**
   * Refuses a list that is too long.
   *
   * @throws InvalidRequestException names the field
   */
  public static void requireAtMost(int most, String field, int size) {
    var check = new RequestCheck();
    if (size > most) {
      check.violated(field, "must be at most " + most);
    }
    check.orThrow(() -> size);
  }

  /** Notes a rule that spans fields. */
  public void violated(String field, String message) {
    violations.add(new FieldViolation(field, message));
  }

  private <T> @Nullable T check(String field, Supplier<T> read) {
    try {
      return read.get();
    } catch (InvalidValueException e) {
      violations.add(new FieldViolation(field, e.remedy()));
      return null;
    }
  }

  /**
   * Makes the whole from its fields.
   *
   * @param whole is only called when every field keeps its rules
   * @throws InvalidRequestException when a field, or the whole, breaks a rule
   */
  public <T> T orThrow(Supplier<T> whole) {
    if (!violations.isEmpty()) {
      throw new InvalidRequestException(ErrorCode.VALIDATION_FAILED, violations);
    }
    return whole.get();
  }
}
