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

  private static Object shown(String json) {
    return ShownJson.parsed(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
