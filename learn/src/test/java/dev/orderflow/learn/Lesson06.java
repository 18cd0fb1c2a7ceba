package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A row takes in each event once, although every event may come again after a crash. */
abstract class Lesson06 {
  /** The row after the event; the same row when it is not the next one. */
  abstract Row take(Row row, Event event);

  /** What was sold, and how many events that includes. */
  record Row(int sold, long version) {}

  /** So many pieces were sold; the first event of a stream has the sequence 0. */
  record Event(long sequence, int pieces) {}

  private static final Event FIRST = new Event(0, 2);
  private static final Event SECOND = new Event(1, 3);

  @Test
  void events_add_up() {
    assertThat(after(FIRST, SECOND)).isEqualTo(new Row(5, 2));
  }

  @Test
  void events_that_come_again_change_nothing() {
    assertThat(after(FIRST, SECOND, FIRST, SECOND, SECOND)).isEqualTo(new Row(5, 2));
  }

  @Test
  void an_event_that_comes_early_is_not_taken_in_before_its_turn() {
    assertThat(after(SECOND, FIRST)).isEqualTo(new Row(2, 1));
  }

  private Row after(Event... events) {
    var row = new Row(0, 0);
    for (var event : List.of(events)) {
      row = take(row, event);
    }
    return row;
  }
}
