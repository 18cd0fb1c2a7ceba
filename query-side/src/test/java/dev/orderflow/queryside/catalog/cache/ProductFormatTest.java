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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    var later = format.write(PRODUCT).replace("{", "{\"colour\":\"red\",");

    assertThat(format.read(later)).isEqualTo(PRODUCT);
  }

  /** When it changes, so must its name. */
  @Test
  void the_form_of_a_product_is_that_of_its_name() {
    assertThat(format.name()).isEqualTo("product-2");
    assertThat(format.write(PRODUCT))
        .isEqualTo(
            """
            {"productId":"A","listing":{"name":"Kettle","description":"Boils",\
            "price":{"amount":60000,"currency":"VND"},"priceVersion":2,"active":true},\
            "available":7,"version":3}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0, VND",
    "1E+5, VND",
    "999999999999999999999999, VND",
    "0, EUR",
    "0.1, EUR",
    "999999999999999999999999.99, EUR",
    "0.001, BHD"
  })
  void every_price_comes_back_in_all_of_its_digits(BigDecimal amount, String currency) {
    var price = new Money(amount, Money.currency(currency));
    var product = new Product(new ProductId("A"), new Listing("Kettle", "", price, 1, true), 7, 3);

    var written = format.write(product);

    assertThat(written).contains("\"amount\":" + price.amount().toPlainString() + ",");
    assertThat(format.read(written)).isEqualTo(product);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"productId\":\"A\",\"available\":7,\"version\":3}",
        "{\"productId\":\"A\",\"listing\":null,\"available\":7,\"version\":3}",
        "{\"productId\":\"A\",\"listing\":{\"name\":\"Kettle\",\"description\":\"\",\"priceVersion\":1,\"active\":true},\"available\":7,\"version\":3}"
      })
  void what_is_no_whole_product_is_refused(String kept) {
    assertThatThrownBy(() -> format.read(kept)).isInstanceOf(RuntimeException.class);
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
