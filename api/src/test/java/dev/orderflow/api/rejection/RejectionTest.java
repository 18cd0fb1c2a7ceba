package dev.orderflow.api.rejection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.rejection.Rejection.InsufficientStock.Shortage;
import dev.orderflow.api.rejection.Rejection.PriceChanged.Change;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a customer reads must say what is wrong with which product, and what to do. */
class RejectionTest {
  private static final ProductId KETTLE = new ProductId("PROD-KETTLE");
  private static final ProductId LAMP = new ProductId("PROD-LAMP");

  @Test
  void unknown_products_are_named_when_they_can_be() {
    assertThat(new Rejection.ProductNotFound(List.of(KETTLE, LAMP)))
        .hasMessage("There is no such product: PROD-KETTLE, PROD-LAMP.");
    assertThat(new Rejection.ProductNotFound(List.of())).hasMessage("There is no such product.");
  }

  @Test
  void a_changed_price_names_the_product_once_however_many_lines_it_has() {
    var old = new Change(KETTLE, BigDecimal.ONE, 1, BigDecimal.TEN, 3);
    var older = new Change(KETTLE, BigDecimal.TWO, 2, BigDecimal.TEN, 3);
    var rejection = new Rejection.PriceChanged(List.of(old, older));

    assertThat(rejection.changes()).containsExactly(old, older);
    assertThat(rejection)
        .hasMessage(
            "The price has changed of PROD-KETTLE; look at the current price and order again.");
  }

  @Test
  void short_stock_names_every_product() {
    var shortage = new Shortage(LAMP, 3, 2);
    var rejection = new Rejection.InsufficientStock(List.of(shortage));

    assertThat(rejection.shortages()).containsExactly(shortage);
    assertThat(rejection).hasMessage("Not enough in stock of PROD-LAMP; order less.");
  }

  @Test
  void a_rejection_costs_no_stack_trace() {
    assertThat(new Rejection.OrderNotFound().getStackTrace()).isEmpty();
  }
}
