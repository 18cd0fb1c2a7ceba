package dev.orderflow.learn;

import java.util.Map;

/** The map has what was taken in, by key. */
class Lesson04Exercise extends Lesson04 {
  @Override
  int receive(Map<String, Integer> taken, String key, int pieces) {
    throw new UnsupportedOperationException("Your turn.");
  }
}
