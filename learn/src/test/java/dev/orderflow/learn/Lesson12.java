package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.ordering.OrderId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Everything about one order lies in one partition. */
abstract class Lesson12 {
  /** The partition of an order's records, from 0 on. */
  abstract int partition(OrderId order, int partitions);

  @Test
  void an_order_has_one_partition() {
    var order = new OrderId("ORD-1");

    assertThat(partition(order, 8)).isEqualTo(partition(new OrderId("ORD-1"), 8)).isBetween(0, 7);
  }

  @Test
  void orders_are_spread_over_all() {
    var used =
        IntStream.range(0, 1_000)
            .map(i -> partition(new OrderId("ORD-" + i), 8))
            .distinct()
            .count();

    assertThat(used).isEqualTo(8);
  }

  @Test
  void another_number_of_partitions_would_send_old_and_new_records_of_an_order_to_different_ones() {
    assertThat(IntStream.range(0, 100).mapToObj(i -> new OrderId("ORD-" + i)))
        .anyMatch(order -> partition(order, 8) != partition(order, 9));
  }
}
