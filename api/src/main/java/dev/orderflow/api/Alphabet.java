package dev.orderflow.api;

import java.util.Arrays;

/**
 * The characters of ASCII that a text may be made of. Every event and every call has such texts,
 * and a regular expression takes ten times as long to look at them.
 */
public final class Alphabet {
  /** The digits. */
  public static final Alphabet DIGITS = of("0123456789");

  /** The small letters. */
  public static final Alphabet SMALL = of("abcdefghijklmnopqrstuvwxyz");

  /** The capital letters. */
  public static final Alphabet CAPITALS = of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  /** All that shows: no blanks and no control characters. */
  public static final Alphabet VISIBLE = visible();

  private static final int ASCII = 128;

  private final boolean[] has = new boolean[ASCII];

  private Alphabet() {}

  /** Of these characters. */
  public static Alphabet of(String characters) {
    var alphabet = new Alphabet();
    characters.chars().forEach(c -> alphabet.has[c] = true);
    return alphabet;
  }

  private static Alphabet visible() {
    var alphabet = new Alphabet();
    Arrays.fill(alphabet.has, '!', '~' + 1, true);
    return alphabet;
  }

  /** Of letters, digits and these characters. */
  public static Alphabet ofLettersDigitsAnd(String others) {
    var alphabet = of(others);
    for (var c = 0; c < ASCII; c++) {
      alphabet.has[c] |= DIGITS.has[c] || SMALL.has[c] || CAPITALS.has[c];
    }
    return alphabet;
  }

  /** Whether a part of a text has no other characters; an empty one has none. */
  public boolean spells(String text, int from, int to) {
    for (var i = from; i < to; i++) {
      var c = text.charAt(i);
      if (c >= ASCII || !has[c]) {
        return false;
      }
    }
    return true;
  }
}
