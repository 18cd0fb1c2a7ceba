package dev.orderflow.api;

/** What free text may be: bounded, and without what readers cannot show or store. */
public final class TextRule {
  /** Hangul fillers and the Braille pattern without dots: letters and symbols by their category. */
  private static final String SHAPELESS = "\u115F\u1160\u3164\uFFA0\u2800";

  private static final String SEPARATORS = "\u2028\u2029";

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

  /**
   * Checks that there is something to see: not only blanks, controls, marks without a letter, and
   * characters without a shape.
   *
   * @param field its name
   * @throws InvalidValueException when there is nothing
   */
  public static void requireVisible(String field, String text) {
    if (text.codePoints().noneMatch(TextRule::isVisible)) {
      throw new InvalidValueException(field, "must have a character that can be seen");
    }
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          false;
      default -> SHAPELESS.indexOf(c) < 0;
    };
  }

  private static void require(String field, String text, int max, String allowedControls) {
    if (text.codePointCount(0, text.length()) > max) {
      throw new InvalidValueException(field, "must have at most " + max + " characters");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && allowedControls.indexOf(c) < 0)) {
      throw new InvalidValueException(field, "must not have control characters");
    }
    if (allowedControls.isEmpty() && text.chars().anyMatch(c -> SEPARATORS.indexOf(c) >= 0)) {
      throw new InvalidValueException(field, "must be one line");
    }
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new InvalidValueException(field, "must not have halves of characters (surrogates)");
    }
  }
}
