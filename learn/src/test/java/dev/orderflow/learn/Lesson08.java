package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A publication loses nothing, whatever fails between reading and sending. */
abstract class Lesson08 {
  /** Sends what was committed after the position, and returns the new one. */
  abstract int publish(List<String> committed, int position, Topic topic);

  /** Takes one event, or does not answer. */
  interface Topic {
    /** Whether it was acknowledged. */
    boolean take(String event);
  }

  private static final List<String> COMMITTED = List.of("placed", "paid", "confirmed");

  @Test
  void all_that_is_committed_is_sent() {
    var sent = new ArrayList<String>();

    assertThat(publish(COMMITTED, 0, sent::add)).isEqualTo(3);
    assertThat(sent).isEqualTo(COMMITTED);
  }

  @Test
  void what_is_behind_the_position_only() {
    var sent = new ArrayList<String>();

    publish(COMMITTED, 2, sent::add);

    assertThat(sent).containsExactly("confirmed");
  }

  @Test
  void the_position_stays_at_the_first_event_that_is_not_acknowledged() {
    assertThat(publish(COMMITTED, 0, event -> !event.equals("paid"))).isEqualTo(1);
  }
}
