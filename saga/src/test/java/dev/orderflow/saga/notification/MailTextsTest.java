package dev.orderflow.saga.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.saga.notification.Notice.Kind;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MailTextsTest {
  private static final OrderId ORDER = new OrderId("ORD-1");
  private static final Notice PLACED =
      new Notice(
          ORDER,
          Kind.PLACED,
          new Money(new BigDecimal("350000"), Currency.getInstance("VND")),
          null);

  private final MailTexts texts = new MailTexts(Locale.of("vi"));

  @Test
  void a_customer_who_reads_vietnamese_is_written_to_in_vietnamese() {
    var mail = texts.write(PLACED, contact("Nguyễn Thị Ánh", "vi-VN"));

    assertThat(mail.to()).isEqualTo("anh@example.com");
    assertThat(mail.subject()).isEqualTo("Chúng tôi đã nhận được đơn hàng ORD-1");
    assertThat(mail.text())
        .startsWith("Kính chào Nguyễn Thị Ánh,\n\n")
        .contains("ORD-1", "350.000 VND")
        .endsWith("Trân trọng,\nOrderflow\n");
  }

  @ParameterizedTest
  @CsvSource({"en", "en-US", "fr", "de_DE"})
  void everybody_else_is_written_to_in_english(String locale) {
    var mail = texts.write(PLACED, contact("Ann", locale));

    assertThat(mail.subject()).isEqualTo("We have received your order ORD-1");
    assertThat(mail.text()).startsWith("Dear Ann,\n\n").contains("350,000 VND");
  }

  @Test
  void a_customer_who_named_no_language_and_no_name_is_written_to_in_the_shops_language() {
    assertThat(texts.write(PLACED, contact(null, null)).text()).startsWith("Kính chào quý khách,");
    assertThat(new MailTexts(Locale.ENGLISH).write(PLACED, contact(null, null)).text())
        .startsWith("Dear customer,");
  }

  @ParameterizedTest
  @EnumSource(CancelReason.class)
  void a_cancelled_order_has_a_text_for_each_reason_in_each_language(CancelReason reason) {
    var notice = new Notice(ORDER, Kind.CANCELLED, null, reason);

    for (var locale : new String[] {"vi", "en"}) {
      var mail = texts.write(notice, contact("Ann", locale));
      assertThat(mail.subject()).contains("ORD-1");
      assertThat(mail.text()).contains("ORD-1").doesNotContain("{", "''");
    }
    assertThat(texts.write(notice, contact("Ann", "en")).text())
        .isNotEqualTo(
            texts
                .write(new Notice(ORDER, Kind.CONFIRMED, null, null), contact("Ann", "en"))
                .text());
  }

  @Test
  void a_name_is_never_taken_for_a_pattern() {
    assertThat(texts.write(PLACED, contact("{0} ' O''Hara {", "en")).text())
        .startsWith("Dear {0} ' O''Hara {,");
  }

  @Test
  void a_mail_shows_nothing_personal_in_its_text_form() {
    assertThat(texts.write(PLACED, contact("Ann", "en")).toString())
        .isEqualTo("Mail[ORD-1/PLACED]");
  }

  private static Contact contact(String name, String locale) {
    return new Contact(name, "anh@example.com", null, locale);
  }
}
