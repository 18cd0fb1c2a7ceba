package dev.orderflow.api;

/** A value that breaks a rule of its type. Says which field, and what to send instead. */
public final class InvalidValueException extends IllegalArgumentException {
  private final String field;
  private final String remedy;

  /**
   * @param field the name of the value, as the published language calls it
   * @param remedy what a valid value looks like; never repeats the rejected value, which may be
   *     personal
   */
  public InvalidValueException(String field, String remedy) {
    super(field + " " + remedy);
    this.field = field;
    this.remedy = remedy;
  }

  /** The name of the value. */
  public String field() {
    return field;
  }

  /** What a valid value looks like. */
  public String remedy() {
    return remedy;
  }
}
