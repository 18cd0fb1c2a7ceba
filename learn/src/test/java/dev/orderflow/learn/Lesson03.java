package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stock that decides and holds in one step never sells a piece twice. */
abstract class Lesson03 {
  /** The stock after the pieces were held; empty when there are not enough. */
  abstract Optional<Stock> hold(Stock stock, int pieces);

  /** The stock after held pieces were given back. */
  abstract Stock release(Stock stock, int pieces);

  /** Pieces that can be ordered, and pieces that are held. */
  record Stock(int available, int reserved) {}

  @Test
  void the_last_piece_is_held_once() {
    var first = hold(new Stock(1, 0), 1);

    assertThat(first).contains(new Stock(0, 1));
    assertThat(hold(first.orElseThrow(), 1)).isEmpty();
  }

  @Test
  void a_piece_that_is_given_back_can_be_held_again() {
    var released = release(new Stock(0, 1), 1);

    assertThat(hold(released, 1)).contains(new Stock(0, 1));
  }

  @Test
  void no_piece_comes_or_goes() {
    var held = hold(new Stock(5, 2), 3).orElseThrow();

    assertThat(held.available() + held.reserved()).isEqualTo(7);
  }
}
