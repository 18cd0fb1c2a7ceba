package dev.orderflow.api.ordering;

import dev.orderflow.api.InvalidValueException;
import java.util.regex.Pattern;

/**
 * An address that every mail server takes: a mailbox as RFC 5321, 4.1.2, has it, without quoted
 * parts, address literals and characters beyond ASCII, which many refuse. Any other address is
 * refused when it is entered, while the customer can still correct it.
 */
public record EmailAddress(String value) {
  /** Longest address, in characters (RFC 5321, 4.5.3.1.3). */
  public static final int MAX = 254;

  private static final int MAX_LOCAL_PART = 64;
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final String LAST_LABEL = "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(ATOM + "(?:\\." + ATOM + ")*@(?:" + LABEL + "\\.)+" + LAST_LABEL);

  /**
   * @throws InvalidValueException when it is no such address
   */
  public EmailAddress {
    if (value.length() > MAX
        || value.indexOf('@') > MAX_LOCAL_PART
        || !FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "email",
          "must be an e-mail address of at most "
              + MAX
              + " characters such as anh@example.com; a domain beyond ASCII in its form xn--…");
    }
  }

  @Override
  public String toString() {
    return "EmailAddress[personal data]";
  }
}
