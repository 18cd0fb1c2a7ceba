package dev.orderflow.learn;

import java.util.Map;

/** A solution. */
class Lesson04Test extends Lesson04 {
  @Override
  int receive(Map<String, Integer> taken, String key, int pieces) {
    taken.putIfAbsent(key, pieces);
    return taken.values().stream().mapToInt(Integer::intValue).sum();
  }
}
