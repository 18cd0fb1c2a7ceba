package dev.orderflow.queryside.projection;

import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.priced;
import static dev.orderflow.queryside.testing.Events.received;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.catalog.model.ProductHistory;
import dev.orderflow.queryside.catalog.model.ProductState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Fold<ProductState> fold =
      new Fold<>(new ProductHistory(), new EarlyEvents("product-view", meters, Clock.systemUTC()));
  private final Map<String, ProductState> rows = new HashMap<>();

  @Test
  void a_row_is_written_once_for_all_its_events_in_a_batch() {
    var changes = take(created("A", 0), priced("A", 1, "60000", 2), received("A", 0, 7));

    assertThat(changes).containsOnlyKeys("A");
    assertThat(changes.get("A").version()).isEqualTo(3);
  }

  @Test
  void an_event_that_comes_again_changes_nothing() {
    take(created("A", 0), priced("A", 1, "60000", 2));

    assertThat(take(created("A", 0), priced("A", 1, "60000", 2))).isEmpty();
    assertThat(early()).isZero();
  }

  @Test
  void an_event_that_comes_again_within_a_batch_counts_once() {
    take(received("A", 0, 7), received("A", 0, 7), received("A", 1, 8), received("A", 0, 7));

    assertThat(rows.get("A").version()).isEqualTo(2);
    assertThat(rows.get("A").stock().available()).isEqualTo(8);
  }

  @Test
  void an_event_that_comes_too_early_is_passed_over_and_counted() {
    take(created("A", 0));

    assertThat(take(priced("A", 2, "70000", 3))).isEmpty();
    assertThat(early()).isEqualTo(1);
  }

  @Test
  void an_event_that_came_too_early_counts_when_it_is_sent_again_in_order() {
    take(created("A", 0), priced("A", 2, "70000", 3));
    take(priced("A", 1, "60000", 2), priced("A", 2, "70000", 3));

    assertThat(rows.get("A").version()).isEqualTo(3);
    assertThat(rows.get("A").listing().priceVersion()).isEqualTo(3);
  }

  @Test
  void a_history_that_does_not_start_with_its_first_event_is_too_early() {
    assertThat(take(priced("A", 1, "60000", 2))).isEmpty();
    assertThat(early()).isEqualTo(1);
  }

  @Test
  void rows_are_locked_in_one_order() {
    assertThat(fold.keys(List.of(created("B", 0), received("C", 0, 1), created("A", 0))))
        .containsExactly("A", "B", "C");
  }

  private Map<String, ProductState> take(SequencedEvent... events) {
    var changes = fold.changes(rows, List.of(events));
    rows.putAll(changes);
    return changes;
  }

  private double early() {
    return meters
        .get("orderflow.projection.early")
        .tag("projection", "product-view")
        .counter()
        .count();
  }
}
