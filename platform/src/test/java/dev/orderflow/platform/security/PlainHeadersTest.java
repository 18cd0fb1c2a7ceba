package dev.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.firewall.StrictHttpFirewall;

class PlainHeadersTest {
  @Test
  void no_character_is_let_through_that_spring_security_would_refuse_nor_the_other_way_round() {
    for (var rule :
        List.of(
            StrictHttpFirewall.ALLOWED_HEADER_NAMES, StrictHttpFirewall.ALLOWED_HEADER_VALUES)) {
      var quick = new PlainHeaders(rule);
      for (var character = 0; character <= Character.MAX_CODE_POINT; character++) {
        var header = "a" + Character.toString(character) + "b";
        if (quick.test(header) != rule.test(header)) {
          assertThat(character).as("decided differently").isNull();
        }
      }
      assertThat(quick.test("")).isEqualTo(rule.test(""));
    }
  }
}
