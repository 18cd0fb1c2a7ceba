package dev.orderflow.api.ordering;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.TextRule;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the customer of an order. Personal data: it never enters an event, and its text form
 * shows nothing.
 *
 * @param name at most 200 characters; null when not given
 * @param email null when not given: then no mail is sent
 * @param address at most 1,000 characters; null when not given
 * @param locale a BCP 47 language tag such as {@code vi}; null when not given
 */
public record Contact(
    @Nullable String name,
    @Nullable String email,
    @Nullable String address,
    @Nullable String locale) {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;:\"]+@[^\\s@<>,;:\"]+");
  private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,3}");

  /**
   * @throws InvalidValueException when a value breaks its rule
   */
  public Contact {
    if (name != null) {
      TextRule.requireLine("contact.name", name, 200);
    }
    if (address != null) {
      TextRule.requireLines("contact.address", address, 1_000);
    }
    if (email != null) {
      TextRule.requireLine("contact.email", email, 254);
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
