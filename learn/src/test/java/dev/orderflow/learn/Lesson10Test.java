package dev.orderflow.learn;

import java.util.Map;

/** A solution. */
class Lesson10Test extends Lesson10 {
  @Override
  void put(Map<String, Row> cache, String key, Row row) {
    cache.merge(key, row, (old, one) -> one.version() > old.version() ? one : old);
  }
}
