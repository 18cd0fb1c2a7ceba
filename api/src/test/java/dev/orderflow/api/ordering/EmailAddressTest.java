package dev.orderflow.api.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.api.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "anh@example.com",
        "a@b.vn",
        "first.last+tag@sub.example.co.uk",
        "o'brien@example.org",
        "!#$%&'*+-/=?^_`{|}~@example.com",
        "1234567890@example.com",
        "anh@xn--d1acufc.xn--p1ai",
        "anh@1-2.example.com",
      })
  void an_ordinary_address_is_taken(String address) {
    assertThatCode(() -> new EmailAddress(address)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anh",
        "@example.com",
        "anh@",
        "anh@example",
        "anh@localhost",
        ".anh@example.com",
        "anh.@example.com",
        "a..nh@example.com",
        "anh@.example.com",
        "anh@example..com",
        "anh@example.com.",
        "anh@-example.com",
        "anh@example-.com",
        "anh@exa_mple.com",
        "anh@127.0.0.1",
        "anh@[127.0.0.1]",
        "\"anh\"@example.com",
        "anh(comment)@example.com",
        "anh@example.com,b@example.com",
        "Anh <anh@example.com>",
        "group:anh@example.com;",
        "a nh@example.com",
        " anh@example.com",
        "anh@example.com\n",
        "anh@example.com\r\nBcc: b@example.com",
        "anh@@example.com",
        "a@b@example.com",
        "ánh@example.com",
        "anh@exämple.com",
        "anh\\@example.com",
        "anh@example.com\u200b",
      })
  void what_a_mail_server_would_refuse_is_refused_with_a_remedy(String address) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new EmailAddress(address))
        .satisfies(refused -> {
          assertThat(refused.field()).isEqualTo("email");
          assertThat(refused.remedy()).contains("such as anh@example.com");
        });
  }

  @Test
  void its_parts_are_no_longer_than_mail_servers_take() {
    assertThatCode(() -> new EmailAddress("a".repeat(64) + "@" + "b".repeat(63) + ".com"))
        .doesNotThrowAnyException();
    for (var tooLong :
        new String[] {
          "a".repeat(65) + "@example.com",
          "a@" + "b".repeat(64) + ".com",
          "a@" + "b.".repeat(130) + "com"
        }) {
      assertThatExceptionOfType(InvalidValueException.class)
          .isThrownBy(() -> new EmailAddress(tooLong));
    }
  }

  @Test
  void it_does_not_show_itself() {
    assertThat(new EmailAddress("anh@example.com")).asString().doesNotContain("anh");
  }
}
