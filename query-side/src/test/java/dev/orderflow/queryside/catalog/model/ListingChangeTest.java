package dev.orderflow.queryside.catalog.model;

import static dev.orderflow.queryside.testing.Events.activated;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.deactivated;
import static dev.orderflow.queryside.testing.Events.priced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.testing.Events;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListingChangeTest {
  @Test
  void a_product_that_is_created_says_everything() {
    assertThat(change(created("A", 0)))
        .isEqualTo(new ListingChange("Kettle A", "Boils water", vnd(50_000), 1L, true));
  }

  @Test
  void the_price_moves_with_its_version_and_nothing_else() {
    assertThat(change(priced("A", 1, "60000", 2), priced("A", 2, "70000", 3)))
        .isEqualTo(new ListingChange(null, null, vnd(70_000), 3L, null));
  }

  @Test
  void a_product_goes_off_sale_and_comes_back() {
    assertThat(change(deactivated("A", 1)))
        .isEqualTo(new ListingChange(null, null, null, null, false));
    assertThat(change(created("A", 0), deactivated("A", 1), activated("A", 2)).active()).isTrue();
  }

  private static Money vnd(long amount) {
    return new Money(BigDecimal.valueOf(amount), Events.VND);
  }

  private static ListingChange change(SequencedEvent... events) {
    return ListingChange.of(
        Stream.of(events).map(event -> (ProductUpdatedEvent) event.event()).toList());
  }
}
