package dev.orderflow.platform.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SortingTest {
  private static final Reading LATER = new Reading.Later("later");
  private static final Reading FOREIGN = new Reading.Foreign("foreign");
  private final List<String> kept = new ArrayList<>();
  private boolean discarded;

  @Test
  void what_is_foreign_is_kept_and_holds_up_nothing_not_even_its_key() {
    assertThat(sort(Map.of(), read("A", 0, FOREIGN), read("A", 1, event("A")))).hasSize(1);
    assertThat(kept).containsExactly("A 0 FOREIGN");
  }

  @Test
  void what_follows_a_record_of_a_later_release_waits_behind_it_and_others_go_on() {
    assertThat(
            sort(
                Map.of(),
                read("A", 0, LATER),
                read("A", 1, event("A")),
                read("A", 2, FOREIGN),
                read("B", 3, event("B"))))
        .hasSize(1);
    assertThat(kept).containsExactly("A 0 LATER", "A 1 FOLLOWING", "A 2 FOREIGN");
  }

  @Test
  void what_comes_before_a_record_that_was_kept_earlier_goes_on_and_so_does_that_itself() {
    assertThat(
            sort(
                Map.of("A", 1L),
                read("A", 0, event("A")),
                read("A", 1, event("A")),
                read("A", 2, event("A"))))
        .hasSize(2);
    assertThat(kept).containsExactly("A 2 FOLLOWING");
  }

  @Test
  void what_was_discarded_holds_up_nothing() {
    discarded = true;

    assertThat(sort(Map.of(), read("A", 0, LATER), read("A", 1, event("A")))).hasSize(1);
  }

  private List<SequencedEvent> sort(Map<String, Long> waiting, ReadRecord... records) {
    return new Sorting<String>(
            ConsumerRecord::key,
            (key, offset) -> waiting.getOrDefault(key, Long.MAX_VALUE) < offset,
            (key, record, refusal, _) -> {
              kept.add(key + " " + record.offset() + " " + refusal);
              return !discarded;
            })
        .sort(List.of(records));
  }

  private static Reading event(String key) {
    return new Reading.Event(
        new SequencedEvent(
            new OrderConfirmedEvent(new OrderId("ORD-" + key), Instant.EPOCH), key, 1));
  }

  private static ReadRecord read(String key, long offset, Reading reading) {
    return new ReadRecord(new ConsumerRecord<>("orders", 0, offset, key, new byte[0]), reading);
  }
}
