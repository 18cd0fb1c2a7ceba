package dev.orderflow.gateway.session;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser goes after it has signed in: a place of ours, however a link that leads to the
 * sign-in was made.
 *
 * @param value a path, with its query if there is one
 */
record LocalPath(String value) {
  /** Where else to go. */
  static final LocalPath HOME = new LocalPath("/");

  /** It must fit into a cookie with all else that a sign-in keeps there. */
  private static final int LONGEST = 1000;

  /**
   * One slash and what is printed plainly. Browsers read a backslash as a slash, and leave out tabs
   * and line ends.
   */
  private static final Pattern PLAIN = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]*");

  /** The path that was asked for; home when it is none of ours. */
  static LocalPath of(@Nullable String asked) {
    return asked != null
            && asked.length() <= LONGEST
            && PLAIN.matcher(asked).matches()
            && isLocal(asked)
        ? new LocalPath(asked)
        : HOME;
  }

  private static boolean isLocal(String asked) {
    try {
      var uri = URI.create(asked);
      return !uri.isAbsolute() && uri.getRawAuthority() == null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
