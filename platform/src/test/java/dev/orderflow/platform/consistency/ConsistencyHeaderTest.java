package dev.orderflow.platform.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistencyHeaderTest {
  @Test
  void callers_that_kept_a_mark_can_use_it_after_an_upgrade() {
    assertThat(ConsistencyHeader.read("v1.product.7.PROD-1, v1.stock.12.a.b,v1.order.2.ORD-0af"))
        .containsExactly(
            new ConsistencyToken.OfProduct(new ProductId("PROD-1"), 7),
            new ConsistencyToken.OfStock(new ProductId("a.b"), 12),
            new ConsistencyToken.OfOrder(new OrderId("ORD-0af"), 2));
  }

  @Test
  void a_read_without_the_header_waits_for_nothing() {
    assertThat(ConsistencyHeader.read(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "v1.product.7.A,",
        "v1.product.7.A,,v1.product.8.A",
        "v1.product.0.A",
        "v1.product.-1.A",
        "v1.product.07.A",
        "v1.product.1234567890123456789.A",
        "v1.product.٧.A",
        "v1.product.7.",
        "v1.product.7.-A",
        "v1.product.7.A B",
        "v1.order.1.PROD-1",
        "v1.payment.1.PAY-1",
        "v2.product.7.A",
        "product.7.A",
        "V1.product.7.A"
      })
  void what_no_write_answers_with_is_refused(String header) {
    assertThatThrownBy(() -> ConsistencyHeader.read(header))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("Orderflow-Consistency must be");
  }
}
