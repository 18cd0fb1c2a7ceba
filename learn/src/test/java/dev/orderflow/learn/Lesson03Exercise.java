package dev.orderflow.learn;

import java.util.Optional;

/** What would go wrong if one method checked, and another one held? */
class Lesson03Exercise extends Lesson03 {
  @Override
  Optional<Stock> hold(Stock stock, int pieces) {
    throw new UnsupportedOperationException("Your turn.");
  }

  @Override
  Stock release(Stock stock, int pieces) {
    throw new UnsupportedOperationException("Your turn.");
  }
}
