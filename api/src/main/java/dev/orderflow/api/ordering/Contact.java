package dev.orderflow.api.ordering;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.TextRule;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the customer of an order. Personal data: it never enters an event, and its text form
 * shows nothing.
 *
 * @param name at most {@value #MAX_NAME} characters; null when not given
 * @param email null when not given: then no mail is sent
 * @param address at most {@value #MAX_ADDRESS} characters; null when not given
 * @param locale a BCP 47 language tag such as {@code vi}; null when not given
 */
public record Contact(
    @Meaning(value = "The customer's name.", max = Contact.MAX_NAME) @Nullable String name,
    @Meaning(value = "Where mail goes.", form = "[^@ ]+@[^@ ]+", max = Contact.MAX_EMAIL)
        @Nullable String email,
    @Meaning(value = "Where the goods go.", max = Contact.MAX_ADDRESS) @Nullable String address,
    @Meaning(value = "The language of mail: a BCP 47 tag.", form = Contact.LANGUAGE_TAG)
        @Nullable String locale) {
  /** Longest name, in characters. */
  public static final int MAX_NAME = 200;

  /** Longest e-mail address, in characters. */
  public static final int MAX_EMAIL = 254;

  /** Longest postal address, in characters. */
  public static final int MAX_ADDRESS = 1_000;

  /** What an address of e-mail looks like. */
  public static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;:\"]+@[^\\s@<>,;:\"]+");

  private static final String LANGUAGE_TAG = "[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,3}";
  private static final Pattern LOCALE = Pattern.compile(LANGUAGE_TAG);

  /**
   * @throws InvalidValueException when a value breaks its rule
   */
  public Contact {
    if (name != null) {
      TextRule.requireLine("contact.name", name, MAX_NAME);
    }
    if (address != null) {
      TextRule.requireLines("contact.address", address, MAX_ADDRESS);
    }
    if (email != null) {
      TextRule.requireLine("contact.email", email, MAX_EMAIL);
    }
    if (email != null && !EMAIL.matcher(email).matches()) {
      throw new InvalidValueException("contact.email", "must be an e-mail address");
    }
    if (locale != null && !LOCALE.matcher(locale).matches()) {
      throw new InvalidValueException("locale", "must be a BCP 47 language tag such as vi or en");
    }
  }

  @Override
  public String toString() {
    return "Contact[personal data]";
  }
}
