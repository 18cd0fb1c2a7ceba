package dev.orderflow.saga.notification;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.Contact;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Writes mails: in Vietnamese for a Vietnamese locale, in English for all others. */
final class MailTexts {
  private static final String BUNDLE = "dev.orderflow.saga.notification.mails";
  private static final Locale VIETNAMESE = Locale.of("vi");

  private final Locale defaultLocale;

  /**
   * @param defaultLocale for customers who named none
   */
  MailTexts(Locale defaultLocale) {
    this.defaultLocale = defaultLocale;
  }

  /** The mail about a notice to a customer, who must have an address. */
  Mail write(Notice notice, Contact contact) {
    var wanted = locale(contact.locale());
    var locale =
        wanted.getLanguage().equals(VIETNAMESE.getLanguage()) ? VIETNAMESE : Locale.ENGLISH;
    var texts =
        ResourceBundle.getBundle(
            BUNDLE,
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    var key = key(notice);
    var name = contact.name() == null ? texts.getString("customer") : contact.name();
    var subject = format(texts.getString(key + ".subject"), locale, notice.orderId());
    var text =
        format(texts.getString("greeting"), locale, name)
            + format(
                texts.getString(key + ".text"), locale, notice.orderId(), total(notice, locale))
            + texts.getString("closing");
    return new Mail(
        notice.id(), Objects.requireNonNull(contact.email(), "contact.email"), subject, text);
  }

  private Locale locale(@Nullable String tag) {
    return tag == null ? defaultLocale : Locale.forLanguageTag(tag.replace('_', '-'));
  }

  private static String key(Notice notice) {
    return switch (notice.kind()) {
      case PLACED -> "placed";
      case CONFIRMED -> "confirmed";
      case CANCELLED ->
          switch (Objects.requireNonNull(notice.reason(), "reason")) {
            case CUSTOMER_REQUEST -> "cancelled.customer-request";
            case PAYMENT_FAILED -> "cancelled.payment-failed";
            case PAYMENT_TIMEOUT -> "cancelled.payment-timeout";
          };
    };
  }

  private static String total(Notice notice, Locale locale) {
    return notice.total() == null ? "" : amount(notice.total(), locale);
  }

  private static String amount(Money money, Locale locale) {
    var format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(money.amount().scale());
    return format.format(money.amount()) + " " + money.currency().getCurrencyCode();
  }

  private static String format(String pattern, Locale locale, Object... values) {
    return new MessageFormat(pattern, locale).format(values);
  }
}
