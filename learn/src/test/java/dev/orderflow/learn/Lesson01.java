package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderItem;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an order costs follows from its lines. */
abstract class Lesson01 {
  /** The sum of all lines. */
  abstract BigDecimal total(List<OrderItem> items);

  @Test
  void a_line_costs_its_price_for_each_piece() {
    assertThat(total(List.of(line("LAMP", 3, "50000")))).isEqualByComparingTo("150000");
  }

  @Test
  void an_order_costs_what_its_lines_cost() {
    assertThat(total(List.of(line("LAMP", 1, "19.99"), line("VASE", 2, "0.01"))))
        .isEqualByComparingTo("20.01");
  }

  private static OrderItem line(String product, int pieces, String price) {
    return new OrderItem(new ProductId(product), Quantity.of(pieces), new BigDecimal(price));
  }
}
