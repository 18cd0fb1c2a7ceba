package dev.orderflow.learn;

/** A solution. */
class Lesson05Test extends Lesson05 {
  @Override
  boolean isCurrent(Quote quote, Quote offer) {
    return quote.equals(offer);
  }
}
