package dev.orderflow.api;

/** What free text may be: bounded, and without what readers cannot show or store. */
public final class TextRule {
  private TextRule() {}

  /**
   * Checks text of one line.
   *
   * @param field its name
   * @param max most characters
   * @throws InvalidValueException when the text breaks the rule
   */
  public static void requireLine(String field, String text, int max) {
    require(field, text, max, "");
  }

  /**
   * Checks text that may have several lines.
   *
   * @param field its name
   * @param max most characters
   * @throws InvalidValueException when the text breaks the rule
   */
  public static void requireLines(String field, String text, int max) {
    require(field, text, max, "\n\r\t");
  }

  private static void require(String field, String text, int max, String allowedControls) {
    if (text.codePointCount(0, text.length()) > max) {
      throw new InvalidValueException(field, "must have at most " + max + " characters");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && allowedControls.indexOf(c) < 0)) {
      throw new InvalidValueException(field, "must not have control characters");
    }
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new InvalidValueException(field, "must not have halves of characters (surrogates)");
    }
  }
}
