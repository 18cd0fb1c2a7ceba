package dev.orderflow.queryside.catalog.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.queryside.cache.ViewFormat.Change;
import dev.orderflow.queryside.catalog.model.Listing;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.testing.Events;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductFormatTest {
  private static final Product PRODUCT =
      new Product(
          new ProductId("A"),
          new Listing("Kettle", "Boils", new Money(new BigDecimal("60000"), Events.VND), 2, true),
          7,
          3);

  private final ProductFormat format = new ProductFormat();

  @Test
  void a_product_comes_back_as_it_was_written() {
    var product =
        new Product(
            new ProductId("A"),
            new Listing(
                "Kettle \"Ấm\"", "", new Money(new BigDecimal("60000"), Events.VND), 2, false),
            7,
            3);

    assertThat(format.read(format.write(product))).isEqualTo(product);
  }

  @Test
  void what_a_later_release_adds_is_passed_over() {
    var text = new String(format.write(PRODUCT), StandardCharsets.UTF_8);
    var later = text.replaceFirst("\\{", "{\"colour\":\"red\",");

    assertThat(format.read(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(PRODUCT);
  }

  @Test
  void an_announcement_carries_the_product_and_its_version() {
    var message = format.announce(new Change("A", 3));

    assertThat(message).isEqualTo("{\"productId\":\"A\",\"version\":3}");
    assertThat(format.hear(message)).isEqualTo(new Change("A", 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "{}", "{\"productId\":\" \",\"version\":1}", "[1]"})
  void nonsense_on_the_channel_is_refused(String message) {
    assertThatThrownBy(() -> format.hear(message)).isInstanceOf(IllegalArgumentException.class);
  }
}
