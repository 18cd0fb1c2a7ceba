package dev.orderflow.commandside.ordering.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.testing.CommandTargets;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static final Instant NOW = Instant.parse("2024-07-31T10:00:00Z");
  private static final OrderId ORDER = new OrderId("ORD-12345");
  private static final OrderPlacedEvent PLACED =
      new OrderPlacedEvent(
          ORDER,
          new UserId("alice"),
          List.of(
              new OrderItem(new ProductId("PROD-ABC"), new Quantity(2), new BigDecimal("50000"))),
          new BigDecimal("100000"),
          Currency.getInstance("VND"),
          new IdempotencyKey("alice_20241201143022_abc789"),
          null,
          new RequestFingerprint("f"),
          NOW);
  private static final OrderConfirmedEvent CONFIRMED = new OrderConfirmedEvent(ORDER, NOW);
  private static final OrderCancelledEvent CANCELLED =
      new OrderCancelledEvent(ORDER, CancelReason.PAYMENT_FAILED, NOW);

  private AggregateTestFixture<Order> fixture;

  @BeforeEach
  void order() {
    fixture = new AggregateTestFixture<>(Order.class);
    fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    fixture.registerCommandTargetResolver(new CommandTargets());
  }

  @Test
  void a_pending_order_can_be_confirmed() {
    fixture.given(PLACED).when(new ConfirmOrder(ORDER)).expectEvents(CONFIRMED);
  }

  @Test
  void an_order_that_is_read_again_has_the_prices_that_it_was_placed_with_to_the_digit() {
    var readAgain =
        new OrderPlacedEvent(
            ORDER,
            PLACED.userId(),
            List.of(
                new OrderItem(
                    new ProductId("PROD-ABC"), new Quantity(2), new BigDecimal("50000.0"))),
            new BigDecimal("100000.0"),
            PLACED.currency(),
            PLACED.version(),
            null,
            PLACED.fingerprint(),
            NOW);

    assertThat(OrderState.of(readAgain)).isEqualTo(OrderState.of(PLACED));
  }

  @Test
  void every_answer_says_how_the_order_stands() {
    var placed = OrderState.of(PLACED);
    assertThat(placed.revision()).isEqualTo(1);

    fixture
        .given(PLACED)
        .when(new ConfirmOrder(ORDER))
        .expectResultMessagePayload(placed.with(OrderStatus.CONFIRMED, null, NOW));
    order();
    fixture
        .given(PLACED)
        .when(new CancelOrder(ORDER, CancelReason.PAYMENT_TIMEOUT))
        .expectResultMessagePayload(
            placed.with(OrderStatus.CANCELLED, CancelReason.PAYMENT_TIMEOUT, NOW));
    assertThat(placed.with(OrderStatus.CONFIRMED, null, NOW).revision()).isEqualTo(2);
  }

  @Test
  void the_stream_of_an_order_bears_its_id() {
    assertThat(Order.streamId(ORDER)).isEqualTo("order-ORD-12345");
  }

  @Test
  void confirming_again_changes_nothing() {
    fixture
        .given(PLACED, CONFIRMED)
        .when(new ConfirmOrder(ORDER))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }

  @Test
  void confirming_what_was_cancelled_meanwhile_is_an_outcome_not_an_error() {
    fixture
        .given(PLACED, CANCELLED)
        .when(new ConfirmOrder(ORDER))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }

  @Test
  void a_pending_order_can_be_cancelled_for_every_reason() {
    for (var reason : CancelReason.values()) {
      order();
      fixture
          .given(PLACED)
          .when(new CancelOrder(ORDER, reason))
          .expectEvents(new OrderCancelledEvent(ORDER, reason, NOW));
    }
  }

  @Test
  void a_customer_cannot_cancel_a_confirmed_order() {
    fixture
        .given(PLACED, CONFIRMED)
        .when(new CancelOrder(ORDER, CancelReason.CUSTOMER_REQUEST))
        .expectException(Rejection.OrderNotCancellable.class)
        .expectNoEvents();
  }

  @Test
  void a_deadline_that_lost_against_the_confirmation_is_an_outcome_not_an_error() {
    fixture
        .given(PLACED, CONFIRMED)
        .when(new CancelOrder(ORDER, CancelReason.PAYMENT_TIMEOUT))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }

  @Test
  void cancelling_again_keeps_the_first_reason() {
    fixture
        .given(PLACED, CANCELLED)
        .when(new CancelOrder(ORDER, CancelReason.CUSTOMER_REQUEST))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }

  @Test
  void an_unknown_order_cannot_be_confirmed() {
    fixture
        .givenNoPriorActivity()
        .when(new ConfirmOrder(ORDER))
        .expectException(AggregateNotFoundException.class);
  }
}
