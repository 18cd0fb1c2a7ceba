package dev.orderflow.queryside.ordering.model;

import static dev.orderflow.queryside.testing.Events.VND;
import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.cancelled;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.key;
import static dev.orderflow.queryside.testing.Events.order;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.Money;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderHistoryTest {
  @Test
  void a_placed_order_is_pending_as_it_was_placed() {
    assertThat(order(placed("alice", 1, at(5))))
        .isEqualTo(
            new Order(
                orderId("alice", 1),
                new UserId("alice"),
                List.of(
                    new OrderItem(
                        new ProductId("KETTLE"), new Quantity(2), new BigDecimal("50000"))),
                new Money(new BigDecimal("100000"), VND),
                key("alice", 1),
                new PaymentMethod("pm_card_visa"),
                OrderStatus.PENDING,
                null,
                at(5),
                at(5),
                1));
  }

  @Test
  void a_confirmed_order_says_when() {
    var order = order(placed("alice", 1, at(5)), confirmed("alice", 1, at(6)));

    assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
    assertThat(order.cancelReason()).isNull();
    assertThat(order.createdAt()).isEqualTo(at(5));
    assertThat(order.updatedAt()).isEqualTo(at(6));
    assertThat(order.revision()).isEqualTo(2);
  }

  @Test
  void a_cancelled_order_says_why() {
    var order = order(placed("alice", 1, at(5)), cancelled("alice", 1, at(6)));

    assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(order.cancelReason()).isEqualTo(CancelReason.PAYMENT_FAILED);
  }

  @Test
  void times_are_cut_to_what_the_database_keeps() {
    var order = order(placed("alice", 1, Instant.parse("2026-11-22T10:00:00.123456789Z")));

    assertThat(order.createdAt()).isEqualTo(Instant.parse("2026-11-22T10:00:00.123456Z"));
  }

  @Test
  void no_order_begins_with_its_end_and_none_is_placed_twice() {
    assertThatThrownBy(() -> order(confirmed("alice", 1, at(6))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> order(placed("alice", 1), placed("alice", 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
