package dev.orderflow.learn;

import java.util.Optional;

/** A solution. */
class Lesson03Test extends Lesson03 {
  @Override
  Optional<Stock> hold(Stock stock, int pieces) {
    return pieces > stock.available()
        ? Optional.empty()
        : Optional.of(new Stock(stock.available() - pieces, stock.reserved() + pieces));
  }

  @Override
  Stock release(Stock stock, int pieces) {
    return new Stock(stock.available() + pieces, stock.reserved() - pieces);
  }
}
