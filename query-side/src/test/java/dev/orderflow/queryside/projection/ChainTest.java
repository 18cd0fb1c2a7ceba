package dev.orderflow.queryside.projection;

import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.priced;
import static dev.orderflow.queryside.testing.Events.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.consumption.SequencedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
  @Test
  void the_events_of_an_aggregate_are_one_chain() {
    assertThat(runs(created("A", 0), received("A", 0, 7), priced("A", 1, "60000", 2)))
        .containsExactly(List.of("products A 0-1", "inventory A 0-0"));
  }

  @Test
  void an_event_that_comes_again_counts_once() {
    assertThat(
            runs(
                received("A", 0, 7), received("A", 0, 7), received("A", 1, 8), received("A", 0, 7)))
        .containsExactly(List.of("inventory A 0-1"));
  }

  @Test
  void what_does_not_go_on_where_its_aggregate_was_goes_in_a_run_of_its_own() {
    assertThat(runs(created("A", 0), created("B", 0), priced("A", 2, "70000", 3)))
        .containsExactly(List.of("products A 0-0", "products B 0-0"), List.of("products A 2-2"));
  }

  @Test
  void an_event_that_came_too_early_comes_again_in_order() {
    assertThat(
            runs(
                priced("A", 2, "70000", 3),
                created("A", 0),
                priced("A", 1, "60000", 2),
                priced("A", 2, "70000", 3)))
        .containsExactly(List.of("products A 2-2"), List.of("products A 0-2"));
  }

  @Test
  void what_comes_too_early_is_counted_and_what_is_repeated_is_not() {
    var meters = new SimpleMeterRegistry();
    var early = new EarlyEvents("product-view", meters);
    var chain =
        Chain.runs(List.of(priced("A", 2, "1", 2), priced("A", 3, "2", 3))).getFirst().getFirst();

    early.look(chain, 3);
    assertThat(meters.get("orderflow.projection.early").counter().count()).isZero();
    early.look(chain, 0);
    early.look(chain, Chain.NOTHING);
    assertThat(meters.get("orderflow.projection.early").counter().count()).isEqualTo(4);
    assertThatThrownBy(() -> early.look(chain, 1)).isInstanceOf(IllegalStateException.class);
  }

  private static List<List<String>> runs(SequencedEvent... events) {
    return Chain.runs(List.of(events)).stream()
        .map(run ->
            run.stream()
                .map(chain ->
                    "%s %s %d-%d"
                        .formatted(chain.topic(), chain.key(), chain.first(), chain.last()))
                .toList())
        .toList();
  }
}
