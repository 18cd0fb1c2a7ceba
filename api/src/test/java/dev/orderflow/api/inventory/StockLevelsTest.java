package dev.orderflow.api.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StockLevelsTest {
  private static final StockLevels LEVELS = new StockLevels(10, 5, 2);

  @Test
  void every_movement_takes_from_one_place_what_it_puts_into_another() {
    var three = new Quantity(3);

    assertThat(LEVELS.received(three)).isEqualTo(new StockLevels(13, 5, 2));
    assertThat(LEVELS.held(three)).isEqualTo(new StockLevels(7, 8, 2));
    assertThat(LEVELS.committed(three)).isEqualTo(new StockLevels(10, 2, 5));
    assertThat(LEVELS.released(three)).isEqualTo(new StockLevels(13, 2, 2));
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1"})
  void no_level_is_ever_negative(long available, long reserved, long sold) {
    assertThatThrownBy(() -> new StockLevels(available, reserved, sold))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_last_piece_can_go() {
    assertThat(new StockLevels(1, 1, 0).held(new Quantity(1))).isEqualTo(new StockLevels(0, 2, 0));
    assertThat(new StockLevels(0, 1, 0).committed(new Quantity(1)))
        .isEqualTo(new StockLevels(0, 0, 1));
  }

  @Test
  void an_event_carries_the_levels_after_it() {
    var event =
        new StockReceivedEvent(
            new ProductId("P"), new Quantity(3), LEVELS, Instant.parse("2024-07-31T10:00:00Z"));

    assertThat(event.levels()).isEqualTo(LEVELS);
  }
}
