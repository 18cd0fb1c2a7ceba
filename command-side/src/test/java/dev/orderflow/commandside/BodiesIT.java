package dev.orderflow.commandside;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body says the same to every reader, or it is refused and changes nothing. */
@ExtendWith(SharedCommandSide.class)
class BodiesIT {
  private static final String LAMP =
      "{\"productId\":\"PROD-%s\",\"name\":\"%s\",\"price\":1,\"currency\":\"VND\"}";
  private static final String CSV = "productId,name,price,currency\nPROD-%s,%s,1,VND\n";

  private final RunningCommandSide commandSide;
  private final String product;
  private long events;

  BodiesIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
    product = commandSide.product(0);
  }

  @BeforeEach
  void count() {
    events = commandSide.countEvents();
  }

  @AfterEach
  void nothing_has_changed() {
    assertThat(commandSide.countEvents()).isEqualTo(events);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'quantity':1,'quantity':2}",
        "{'quantity':1,'quantity':1}",
        "{'quantity':1,'\\u0071uantity':2}",
        "{'other':{'a':1,'a':2},'quantity':1}",
        "{'quantity':1}{'quantity':2}",
        "{'quantity':1}]",
        "{'quantity':1.0}",
        "{'quantity':1e0}",
        "{'quantity':'1'}",
        "{'quantity':true}",
        "{'quantity':01}",
        "{'quantity':+1}",
        "{'quantity':NaN}",
        "{'quantity':1,}",
        "{quantity:1}",
        "{/**/'quantity':1}"
      })
  void json_that_two_parsers_would_read_differently_is_refused(String body) {
    assertRefused("/inventory/" + product + "/receipts", body.replace('\'', '"').getBytes(UTF_8));
  }

  @Test
  void a_name_is_not_there_twice_in_a_line_of_an_order() {
    var body =
        """
        {"version": "%s", "items": [{"productId": "%s", "quantity": 1, "expectedPrice": 50000, \
        "priceVersion": 1, "priceVersion": 1}], "paymentMethod": "pm_card_visa"}\
        """
            .formatted(RunningCommandSide.newKey("alice"), product);

    var answer = commandSide.first().send("POST", "/orders", commandSide.alice(), body);

    assertThat(answer.code()).as("%s", answer).isEqualTo("VALIDATION_FAILED");
  }

  /** Overlong forms, halves of characters, what ends in the middle, and what is beyond Unicode. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00c0\u00af",
        "\u00c1\u0081",
        "\u00e0\u0080\u00af",
        "\u00ed\u00a0\u0080",
        "\u00ed\u00a0\u0080\u00ed\u00b0\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u00e9",
        "\u00c3",
        "\u0080",
        "\u00ff"
      })
  void bytes_that_are_not_utf_8_are_refused(String bytes) {
    var product = assertRefused("/products", lamp(bytes).getBytes(ISO_8859_1));
    var file =
        assertRefused(
            "/products/import",
            CSV.formatted(UUID.randomUUID(), bytes).getBytes(ISO_8859_1),
            "Content-Type",
            "text/csv");

    assertThat(List.of(product, file)).containsOnly("request must be in UTF-8");
  }

  @Test
  void a_body_that_is_not_there_is_asked_for() {
    assertThat(assertRefused("/products", new byte[0]))
        .isEqualTo("request must have a body that is not null");
    assertThat(assertRefused("/products/import", new byte[0], "Content-Type", "text/csv"))
        .isEqualTo("request must have a body that is not null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32LE"})
  void no_other_encoding_is_guessed_or_taken(String charset) {
    assertRefused("/products", lamp("Lamp").getBytes(Charset.forName(charset)));
    var said =
        commandSide
            .first()
            .send(
                "POST",
                "/products",
                commandSide.staff(),
                lamp("Lamp").getBytes(Charset.forName(charset)),
                "Content-Type",
                "application/json;charset=" + charset);
    assertThat(said.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u200b", "\u00a0", "\u3164", "\u2800", "\u0301"})
  void a_name_that_consists_of_nothing_visible_is_none(String nothing) {
    assertRefused("/products", lamp(nothing).getBytes(UTF_8));
    assertRefused("/products", lamp(escaped(nothing)).getBytes(UTF_8));
  }

  private static String lamp(String name) {
    return LAMP.formatted(UUID.randomUUID(), name);
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    return escaped.toString();
  }

  /** Returns what the caller is told. */
  private String assertRefused(String path, byte[] body, String... headers) {
    var answer = commandSide.first().send("POST", path, commandSide.staff(), body, headers);
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
    return answer.body().path("detail").asString();
  }
}
