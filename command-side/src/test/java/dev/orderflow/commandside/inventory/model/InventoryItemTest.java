package dev.orderflow.commandside.inventory.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.test.matchers.Matchers.matches;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ExpireReservations;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.rejection.Rejection.InsufficientStock.Shortage;
import dev.orderflow.commandside.testing.CommandTargets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryItemTest {
  private static final Instant NOW = Instant.parse("2024-07-31T10:00:00Z");
  private static final ProductId KETTLE = new ProductId("PROD-KETTLE");
  private static final ReservationId FIRST = new ReservationId("ORD-1");
  private static final ReservationId SECOND = new ReservationId("ORD-2");
  private static final Quantity TEN = new Quantity(10);
  private static final Quantity FOUR = new Quantity(4);

  private static final StockReceivedEvent RECEIVED_10 =
      new StockReceivedEvent(KETTLE, TEN, new StockLevels(10, 0, 0), NOW);
  private static final StockReservedEvent FIRST_HOLDS_4 =
      new StockReservedEvent(KETTLE, FIRST, FOUR, new StockLevels(6, 4, 0), null, NOW);

  private AggregateTestFixture<InventoryItem> fixture;

  @BeforeEach
  void stock() {
    fixture = new AggregateTestFixture<>(InventoryItem.class);
    fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    fixture.registerCommandTargetResolver(new CommandTargets());
  }

  @Test
  void the_first_receipt_creates_the_stock() {
    fixture.givenNoPriorActivity().when(new ReceiveStock(KETTLE, TEN)).expectEvents(RECEIVED_10);
  }

  @Test
  void the_answer_to_a_receipt_says_how_the_stock_stands_and_after_how_many_events() {
    fixture
        .givenNoPriorActivity()
        .when(new ReceiveStock(KETTLE, TEN))
        .expectResultMessagePayload(new ReceivedStock(new StockLevels(10, 0, 0), 1, false));
    stock();
    fixture
        .given(RECEIVED_10, FIRST_HOLDS_4)
        .when(new ReceiveStock(KETTLE, FOUR))
        .expectResultMessagePayload(new ReceivedStock(new StockLevels(10, 4, 0), 3, false));
  }

  @Test
  void the_stream_of_a_stock_bears_the_id_of_its_product() {
    assertThat(InventoryItem.streamId(KETTLE)).isEqualTo("stock-PROD-KETTLE");
  }

  @Test
  void a_stock_stands_as_its_snapshot_says() {
    var original = new InventoryItem();
    assertThatThrownBy(original::state).isInstanceOf(IllegalStateException.class);
    original.on(RECEIVED_10);
    original.on(FIRST_HOLDS_4);

    var restored = new InventoryItem();
    restored.on(original.state());

    assertThat(original.state().streamId()).isEqualTo("stock-PROD-KETTLE");
    assertThat(original.state().levels()).isEqualTo(new StockLevels(6, 4, 0));
    assertThat(restored.state()).isEqualTo(original.state());
  }

  @Test
  void a_further_receipt_adds_to_what_is_available() {
    fixture
        .given(RECEIVED_10, FIRST_HOLDS_4)
        .when(new ReceiveStock(KETTLE, FOUR))
        .expectEvents(new StockReceivedEvent(KETTLE, FOUR, new StockLevels(10, 4, 0), NOW));
  }

  @Test
  void reserving_moves_pieces_from_available_to_reserved() {
    fixture
        .given(RECEIVED_10)
        .when(new ReserveStock(KETTLE, FIRST, FOUR))
        .expectEvents(FIRST_HOLDS_4);
  }

  @Test
  void the_same_reservation_again_holds_nothing_more() {
    fixture
        .given(RECEIVED_10, FIRST_HOLDS_4)
        .when(new ReserveStock(KETTLE, FIRST, FOUR))
        .expectResultMessagePayload(new ReservedStock(FIRST, null, new StockLevels(6, 4, 0)))
        .expectNoEvents();
  }

  @Test
  void an_order_cannot_hold_another_quantity_under_the_same_id() {
    fixture
        .given(RECEIVED_10, FIRST_HOLDS_4)
        .when(new ReserveStock(KETTLE, FIRST, TEN))
        .expectNoEvents()
        .expectException(Rejection.ReservationIdReused.class);
  }

  @Test
  void everything_that_is_available_can_be_reserved() {
    fixture
        .given(RECEIVED_10)
        .when(new ReserveStock(KETTLE, FIRST, TEN))
        .expectEvents(
            new StockReservedEvent(KETTLE, FIRST, TEN, new StockLevels(0, 10, 0), null, NOW));
  }

  @Test
  void reserving_more_than_is_available_is_rejected_and_holds_nothing() {
    fixture
        .given(RECEIVED_10, FIRST_HOLDS_4)
        .when(new ReserveStock(KETTLE, SECOND, new Quantity(7)))
        .expectNoEvents()
        .expectException(
            matches((Rejection.InsufficientStock rejection) ->
                rejection.shortages().equals(List.of(new Shortage(KETTLE, 7, 6)))));
  }

  @Test
  void committing_sells_what_the_reservation_holds() {
    fixture
        .given(RECEIVED_10, FIRST_HOLDS_4)
        .when(new CommitStock(KETTLE, FIRST))
        .expectEvents(new StockCommittedEvent(KETTLE, FIRST, FOUR, new StockLevels(6, 0, 4), NOW));
  }

  @Test
  void releasing_gives_back_what_the_reservation_holds() {
    fixture
        .given(RECEIVED_10, FIRST_HOLDS_4)
        .when(new ReleaseStock(KETTLE, FIRST))
        .expectEvents(new StockReleasedEvent(KETTLE, FIRST, FOUR, new StockLevels(10, 0, 0), NOW));
  }

  @Test
  void committing_again_sells_nothing_more() {
    fixture
        .given(
            RECEIVED_10,
            FIRST_HOLDS_4,
            new StockCommittedEvent(KETTLE, FIRST, FOUR, new StockLevels(6, 0, 4), NOW))
        .when(new CommitStock(KETTLE, FIRST))
        .expectResultMessagePayload(new StockLevels(6, 0, 4))
        .expectNoEvents();
  }

  @Test
  void releasing_what_was_sold_gives_nothing_back() {
    fixture
        .given(
            RECEIVED_10,
            FIRST_HOLDS_4,
            new StockCommittedEvent(KETTLE, FIRST, FOUR, new StockLevels(6, 0, 4), NOW))
        .when(new ReleaseStock(KETTLE, FIRST))
        .expectResultMessagePayload(new StockLevels(6, 0, 4))
        .expectNoEvents();
  }

  @Test
  void one_reservation_cannot_give_back_what_another_holds() {
    fixture
        .given(RECEIVED_10, FIRST_HOLDS_4)
        .when(new ReleaseStock(KETTLE, SECOND))
        .expectResultMessagePayload(new StockLevels(6, 4, 0))
        .expectNoEvents();
  }

  @Test
  void selling_what_was_given_back_sells_nothing() {
    fixture
        .given(
            RECEIVED_10,
            FIRST_HOLDS_4,
            new StockReleasedEvent(KETTLE, FIRST, FOUR, new StockLevels(10, 0, 0), NOW))
        .when(new CommitStock(KETTLE, FIRST))
        .expectResultMessagePayload(new StockLevels(10, 0, 0))
        .expectNoEvents();
  }

  @Test
  void an_orders_reservation_never_expires() {
    var longAgo = NOW.minus(Duration.ofDays(1_000));
    fixture
        .given(
            RECEIVED_10,
            new StockReservedEvent(KETTLE, FIRST, FOUR, new StockLevels(6, 4, 0), null, longAgo))
        .when(new ExpireReservations(KETTLE))
        .expectResultMessagePayload(new StockLevels(6, 4, 0))
        .expectNoEvents();
  }
}
