package dev.orderflow.platform.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownJsonTest {
  @Test
  void how_a_customer_pays_is_hidden_wherever_it_stands() {
    assertThat(
            shown("{\"a\": [{\"paymentMethod\": \"pm_1\"}, null], \"paymentMethod\": {\"b\": 1}}"))
        .isEqualTo(
            Map.of(
                "a",
                Arrays.asList(Map.of("paymentMethod", "hidden"), null),
                "paymentMethod",
                "hidden"));
  }

  @Test
  void what_is_no_json_is_not_shown() {
    assertThat(ShownJson.parsed("no JSON".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(ShownJson.parsed("null".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void a_text_hides_the_same_and_is_not_shown_when_it_is_broken_and_speaks_of_it() {
    assertThat(text("{\"paymentMethod\": \"pm_1\", \"n\": 1}"))
        .isEqualTo("{\"paymentMethod\":\"hidden\",\"n\":1}");
    assertThat(text("{\"contact\": {\"name\": \"An\"}, \"email\": \"a@b\", \"address\": \"c\"}"))
        .isEqualTo("{\"contact\":\"hidden\",\"email\":\"hidden\",\"address\":\"hidden\"}");
    assertThat(text("{\"paymentMethod\": \"pm_1")).isEqualTo("hidden");
    assertThat(text("no JSON")).isEqualTo("no JSON");
  }

  private static String text(String json) {
    return ShownJson.text(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Object shown(String json) {
    return ShownJson.parsed(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
