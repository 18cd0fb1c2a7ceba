package dev.orderflow.learn;

import java.util.Map;

/** With many threads it must be one step: look at the methods of {@link Map}. */
class Lesson10Exercise extends Lesson10 {
  @Override
  void put(Map<String, Row> cache, String key, Row row) {
    throw new UnsupportedOperationException("Your turn.");
  }
}
