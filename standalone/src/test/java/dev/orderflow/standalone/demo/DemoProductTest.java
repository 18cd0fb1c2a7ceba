package dev.orderflow.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoProductTest {
  private static final Pattern VIETNAMESE = Pattern.compile("[ăđơưạảấầắếềểễệịọỏốồộớờủứừựỹ]");

  private final List<DemoProduct> products = DemoProduct.all();

  @Test
  void there_are_some_forty_products_with_ids_and_names_of_their_own() {
    assertThat(products).hasSizeBetween(35, 50);
    assertThat(products).extracting(DemoProduct::productId).doesNotHaveDuplicates();
    assertThat(products).extracting(DemoProduct::name).doesNotHaveDuplicates();
  }

  @Test
  void ids_are_upper_case_words() {
    assertThat(products).allMatch(product -> product.productId().matches("PROD(-[A-Z0-9]+)+"));
  }

  @Test
  void names_and_descriptions_are_in_vietnamese_and_in_english() {
    assertThat(products).allMatch(product -> product.name().split(" / ").length == 2);
    assertThat(products).allMatch(product -> product.description().split(" / ").length == 2);
    assertThat(products)
        .filteredOn(product -> VIETNAMESE.matcher(product.name()).find())
        .hasSizeGreaterThan(30);
  }

  @Test
  void prices_are_believable_and_stock_is_there() {
    assertThat(products)
        .allMatch(product -> product.price() >= 100_000 && product.price() <= 50_000_000)
        .allMatch(product -> product.price() % 1_000 == 0)
        .allMatch(product -> product.stock() > 0);
  }
}
