package dev.orderflow.queryside.catalog.model;

import static dev.orderflow.queryside.testing.Events.VND;
import static dev.orderflow.queryside.testing.Events.activated;
import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.deactivated;
import static dev.orderflow.queryside.testing.Events.expired;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Events.priced;
import static dev.orderflow.queryside.testing.Events.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.platform.consumption.SequencedEvent;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProductHistoryTest {
  private final ProductHistory history = new ProductHistory();

  @Test
  void a_created_product_is_shown_active_and_without_stock() {
    assertThat(after(created("A", 0)).shown())
        .hasValue(
            new Product(
                new ProductId("A"),
                new Listing("Kettle A", "Boils water", vnd(50_000), 1, true),
                0,
                1));
  }

  @Test
  void a_product_that_was_created_inactive_is_shown_so() {
    var inactive =
        new ProductCreatedEvent(
            new ProductId("A"), "Kettle A", "", new BigDecimal("50000"), VND, 1, false, at(0));

    assertThat(after(new SequencedEvent(inactive, "product-A", 0)).listing().active()).isFalse();
  }

  @Test
  void stock_that_comes_before_its_product_is_kept_and_not_shown() {
    var state = after(received("A", 0, 5), received("A", 1, 6));

    assertThat(state.shown()).isEmpty();
    assertThat(state.version()).isEqualTo(2);
  }

  @Test
  void a_product_that_comes_after_its_stock_is_shown_with_it() {
    var state = after(received("A", 0, 5), created("A", 0));

    assertThat(state.shown()).map(Product::available).hasValue(5L);
    assertThat(state.version()).isEqualTo(2);
  }

  @Test
  void the_price_moves_with_its_version_and_nothing_else() {
    var listing = after(created("A", 0), priced("A", 1, "60000", 2)).listing();

    assertThat(listing).isEqualTo(new Listing("Kettle A", "Boils water", vnd(60_000), 2, true));
  }

  @Test
  void a_product_goes_off_sale_and_comes_back() {
    assertThat(after(created("A", 0), deactivated("A", 1)).listing().active()).isFalse();
    assertThat(after(created("A", 0), deactivated("A", 1), activated("A", 2)).listing().active())
        .isTrue();
  }

  @Test
  void the_levels_are_those_after_the_last_event_of_the_stock() {
    assertThat(after(received("A", 0, 5), received("A", 1, 9)).stock())
        .isEqualTo(new StockLevels(9, 0, 0));
  }

  @Test
  void pieces_of_a_reservation_that_expired_are_shown_as_available_again() {
    assertThat(after(received("A", 0, 5), expired("A", 1, 7)).stock())
        .isEqualTo(new StockLevels(7, 0, 0));
  }

  @Test
  void the_state_is_the_same_whichever_topic_is_read_first() {
    var product = List.of(created("A", 0), priced("A", 1, "60000", 2), deactivated("A", 2));
    var stock = List.of(received("A", 0, 5), received("A", 1, 9));

    assertThat(after(product, stock)).isEqualTo(after(stock, product));
    assertThat(after(product, stock).version()).isEqualTo(5);
    assertThat(after(product, stock).updatedAt()).isEqualTo(at(2));
  }

  @Test
  void an_event_of_something_else_is_refused() {
    assertThatThrownBy(() -> after(placed("alice", 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Money vnd(long amount) {
    return new Money(BigDecimal.valueOf(amount), VND);
  }

  private ProductState after(List<SequencedEvent> first, List<SequencedEvent> then) {
    return after(Stream.concat(first.stream(), then.stream()).toArray(SequencedEvent[]::new));
  }

  private ProductState after(SequencedEvent... events) {
    ProductState state = null;
    for (var event : events) {
      assertThat(history.lastSequence(state, event.event())).isEqualTo(event.sequence() - 1);
      state = history.after(state, event.event(), event.sequence());
    }
    return state;
  }
}
