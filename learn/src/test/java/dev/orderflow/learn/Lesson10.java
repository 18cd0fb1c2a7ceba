package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A cache keeps the newest version of a row, in whatever order rows arrive. */
abstract class Lesson10 {
  /** Puts the row in, unless the cache has a newer version. */
  abstract void put(Map<String, Row> cache, String key, Row row);

  /** A price, and how many events it includes. */
  record Row(long price, long version) {}

  @Test
  void a_newer_row_replaces_an_older_one() {
    assertThat(after(new Row(50_000, 1), new Row(60_000, 2))).isEqualTo(new Row(60_000, 2));
  }

  @Test
  void an_older_row_that_comes_late_replaces_nothing() {
    assertThat(after(new Row(60_000, 2), new Row(50_000, 1))).isEqualTo(new Row(60_000, 2));
  }

  private Row after(Row... rows) {
    var cache = new HashMap<String, Row>();
    for (var row : rows) {
      put(cache, "LAMP", row);
    }
    return cache.get("LAMP");
  }
}
