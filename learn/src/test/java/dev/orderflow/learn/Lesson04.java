package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver counts each message once, however often it comes. */
abstract class Lesson04 {
  /** Takes in pieces under a key; answers how many there are now. */
  abstract int receive(Map<String, Integer> taken, String key, int pieces);

  private final Map<String, Integer> taken = new TreeMap<>();

  @BeforeEach
  void nothing_was_taken_in() {
    taken.clear();
  }

  @Test
  void two_keys_are_two_deliveries() {
    receive(taken, "monday", 5);

    assertThat(receive(taken, "tuesday", 5)).isEqualTo(10);
  }

  @Test
  void the_same_key_again_changes_nothing() {
    receive(taken, "monday", 5);

    assertThat(receive(taken, "monday", 5)).isEqualTo(5);
  }
}
