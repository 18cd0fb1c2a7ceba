package dev.orderflow.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ExampleTest {

  @Test
  void the_order_quotes_the_price_and_its_version_as_they_are_now() {
    var product =
        JsonMapper.shared()
            .readTree("{\"productId\":\"PROD-A\",\"price\":1290000.0,\"priceVersion\":3}");

    assertThat(Example.order("http://127.0.0.1:8080", product))
        .contains("\"productId\":\"PROD-A\"")
        .contains("\"expectedPrice\":1290000")
        .contains("\"priceVersion\":3")
        .contains("'$(date +%Y%m%d%H%M%S)'_demo01")
        .contains("URL=http://127.0.0.1:8080\n");
  }
}
