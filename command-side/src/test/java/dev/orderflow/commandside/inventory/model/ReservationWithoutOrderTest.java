package dev.orderflow.commandside.inventory.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.test.matchers.Matchers.matches;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ExpireReservations;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.ReservationExpiredEvent;
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
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reservation that a person or a service has made, outside of an order. */
class ReservationWithoutOrderTest {
  private static final Instant NOW = Instant.parse("2024-07-31T10:00:00Z");
  private static final Duration TTL = Duration.ofMinutes(15);
  private static final Instant EARLIER = NOW.minus(Duration.ofMinutes(1));
  private static final ProductId KETTLE = new ProductId("PROD-KETTLE");
  private static final Quantity TEN = new Quantity(10);
  private static final Quantity FOUR = new Quantity(4);
  private static final ReservationId ID = madeAt(EARLIER, 1);
  private static final ReservationId OTHER = madeAt(EARLIER, 2);
  private static final ReserveStock RESERVE_4 = new ReserveStock(KETTLE, ID, FOUR, TTL);

  private static final StockReceivedEvent RECEIVED_10 =
      new StockReceivedEvent(KETTLE, TEN, new StockLevels(10, 0, 0), EARLIER);
  private static final StockReservedEvent HOLDS_4 = holds4Until(NOW.plusMillis(1));
  private static final StockReservedEvent HELD_4_UNTIL_NOW = holds4Until(NOW);
  private static final StockCommittedEvent SOLD_4 =
      new StockCommittedEvent(KETTLE, ID, FOUR, new StockLevels(6, 0, 4), EARLIER);
  private static final StockReleasedEvent RELEASED_4 =
      new StockReleasedEvent(KETTLE, ID, FOUR, new StockLevels(10, 0, 0), EARLIER);
  private static final ReservationExpiredEvent EXPIRED_4 = expired4At(EARLIER);

  private AggregateTestFixture<InventoryItem> fixture;

  @BeforeEach
  void stock() {
    fixture = new AggregateTestFixture<>(InventoryItem.class);
    fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    fixture.registerCommandTargetResolver(new CommandTargets());
  }

  @Test
  void it_holds_pieces_for_its_time_from_the_decision_on() {
    fixture
        .given(RECEIVED_10)
        .when(RESERVE_4)
        .expectEvents(
            new StockReservedEvent(KETTLE, ID, FOUR, new StockLevels(6, 4, 0), NOW.plus(TTL), NOW))
        .expectResultMessagePayload(new ReservedStock(ID, NOW.plus(TTL), new StockLevels(6, 4, 0)));
  }

  @Test
  void the_same_id_and_quantity_again_is_answered_with_the_reservation_there_is() {
    fixture
        .given(RECEIVED_10, HOLDS_4)
        .when(RESERVE_4)
        .expectNoEvents()
        .expectResultMessagePayload(
            new ReservedStock(ID, HOLDS_4.expiresAt(), new StockLevels(6, 4, 0)));
  }

  @Test
  void the_same_id_for_another_quantity_is_refused() {
    fixture
        .given(RECEIVED_10, HOLDS_4)
        .when(new ReserveStock(KETTLE, ID, TEN, TTL))
        .expectNoEvents()
        .expectException(Rejection.ReservationIdReused.class);
  }

  @Test
  void the_id_of_one_that_has_ended_is_refused_however_it_ended() {
    for (var end : List.of(SOLD_4, RELEASED_4, EXPIRED_4)) {
      stock();
      fixture
          .given(RECEIVED_10, HOLDS_4, end)
          .when(RESERVE_4)
          .expectNoEvents()
          .expectException(Rejection.ReservationIdReused.class);
    }
  }

  @Test
  void the_id_of_one_whose_time_is_over_is_refused_before_that_is_written_down() {
    fixture
        .given(RECEIVED_10, HELD_4_UNTIL_NOW)
        .when(RESERVE_4)
        .expectNoEvents()
        .expectException(Rejection.ReservationIdReused.class);
  }

  @Test
  void an_unknown_id_that_was_made_more_than_a_day_ago_counts_as_ended() {
    var aDayAgo = NOW.minus(Duration.ofHours(24));
    var older = madeAt(aDayAgo.minusMillis(1), 1);
    fixture
        .given(RECEIVED_10)
        .when(new ReserveStock(KETTLE, older, FOUR, TTL))
        .expectNoEvents()
        .expectException(Rejection.ReservationIdReused.class);

    stock();
    fixture
        .given(RECEIVED_10)
        .when(new ReserveStock(KETTLE, madeAt(aDayAgo, 1), FOUR, TTL))
        .expectSuccessfulHandlerExecution();
  }

  @Test
  void no_id_can_be_used_twice_not_even_after_its_end_was_forgotten() {
    // Made five minutes ahead of us, ended at once, and forgotten with the event that comes last.
    var id = madeAt(EARLIER.plus(ReservationId.MAX_AHEAD), 1);
    // It is remembered for a day, and may be five minutes older than that.
    for (var minutes :
        List.of(
            23 * 60,
            24 * 60 - 1,
            24 * 60,
            24 * 60 + 1,
            24 * 60 + 4,
            24 * 60 + 5,
            24 * 60 + 6,
            25 * 60,
            26 * 60)) {
      var later = EARLIER.plus(Duration.ofMinutes(minutes));
      fixture = new AggregateTestFixture<>(InventoryItem.class);
      fixture.registerInjectableResource(Clock.fixed(later.plusMillis(1), ZoneOffset.UTC));
      fixture.registerCommandTargetResolver(new CommandTargets());
      fixture
          .given(
              RECEIVED_10,
              new StockReservedEvent(
                  KETTLE, id, FOUR, new StockLevels(6, 4, 0), EARLIER.plus(TTL), EARLIER),
              new StockReleasedEvent(KETTLE, id, FOUR, new StockLevels(10, 0, 0), EARLIER),
              new StockReceivedEvent(KETTLE, TEN, new StockLevels(20, 0, 0), later))
          .when(new ReserveStock(KETTLE, id, FOUR, TTL))
          .expectNoEvents()
          .expectException(Rejection.ReservationIdReused.class);
    }
  }

  @Test
  void pieces_whose_time_is_over_are_available_and_their_expiry_is_written_first() {
    fixture
        .given(RECEIVED_10, HELD_4_UNTIL_NOW)
        .when(new ReserveStock(KETTLE, OTHER, TEN, TTL))
        .expectEvents(
            expired4At(NOW),
            new StockReservedEvent(
                KETTLE, OTHER, TEN, new StockLevels(0, 10, 0), NOW.plus(TTL), NOW));
  }

  @Test
  void short_stock_is_told_with_what_is_available_and_writes_nothing() {
    fixture
        .given(RECEIVED_10, HELD_4_UNTIL_NOW)
        .when(new ReserveStock(KETTLE, OTHER, new Quantity(11), TTL))
        .expectNoEvents()
        .expectException(
            matches((Rejection.InsufficientStock rejection) ->
                rejection.shortages().equals(List.of(new Shortage(KETTLE, 11, 10)))));
  }

  @Test
  void it_can_be_sold_until_its_time_is_over() {
    fixture
        .given(RECEIVED_10, HOLDS_4)
        .when(new CommitStock(KETTLE, ID))
        .expectEvents(new StockCommittedEvent(KETTLE, ID, FOUR, new StockLevels(6, 0, 4), NOW));
  }

  @Test
  void it_cannot_be_sold_any_more_when_its_time_is_over() {
    fixture
        .given(RECEIVED_10, HELD_4_UNTIL_NOW)
        .when(new CommitStock(KETTLE, ID))
        .expectNoEvents()
        .expectException(Rejection.ReservationNotFound.class);
  }

  @Test
  void selling_it_again_sells_nothing_more() {
    fixture
        .given(RECEIVED_10, HOLDS_4, SOLD_4)
        .when(new CommitStock(KETTLE, ID))
        .expectNoEvents()
        .expectResultMessagePayload(new StockLevels(6, 0, 4));
  }

  @Test
  void what_was_given_back_or_was_never_made_cannot_be_sold() {
    for (var given :
        List.of(
            List.of(RECEIVED_10, HOLDS_4, RELEASED_4),
            List.of(RECEIVED_10, HOLDS_4, EXPIRED_4),
            List.of(RECEIVED_10))) {
      stock();
      fixture
          .given(given)
          .when(new CommitStock(KETTLE, ID))
          .expectNoEvents()
          .expectException(Rejection.ReservationNotFound.class);
    }
  }

  @Test
  void it_can_be_given_back() {
    for (var held : List.of(HOLDS_4, HELD_4_UNTIL_NOW)) {
      stock();
      fixture
          .given(RECEIVED_10, held)
          .when(new ReleaseStock(KETTLE, ID))
          .expectEvents(new StockReleasedEvent(KETTLE, ID, FOUR, new StockLevels(10, 0, 0), NOW));
    }
  }

  @Test
  void giving_back_what_is_available_again_changes_nothing() {
    for (var end : List.of(RELEASED_4, EXPIRED_4)) {
      stock();
      fixture
          .given(RECEIVED_10, HOLDS_4, end)
          .when(new ReleaseStock(KETTLE, ID))
          .expectNoEvents()
          .expectResultMessagePayload(new StockLevels(10, 0, 0));
    }
  }

  @Test
  void what_was_sold_or_was_never_made_cannot_be_given_back() {
    for (var given : List.of(List.of(RECEIVED_10, HOLDS_4, SOLD_4), List.of(RECEIVED_10))) {
      stock();
      fixture
          .given(given)
          .when(new ReleaseStock(KETTLE, ID))
          .expectNoEvents()
          .expectException(Rejection.ReservationNotFound.class);
    }
  }

  @Test
  void it_expires_when_its_time_is_over() {
    fixture
        .given(RECEIVED_10, HELD_4_UNTIL_NOW)
        .when(new ExpireReservations(KETTLE))
        .expectEvents(expired4At(NOW))
        .expectResultMessagePayload(new StockLevels(10, 0, 0));
  }

  @Test
  void it_does_not_expire_before_or_twice() {
    for (var given :
        List.of(
            List.of(RECEIVED_10, HOLDS_4),
            List.of(RECEIVED_10, HELD_4_UNTIL_NOW, EXPIRED_4),
            List.of(RECEIVED_10, HELD_4_UNTIL_NOW, SOLD_4))) {
      stock();
      fixture.given(given).when(new ExpireReservations(KETTLE)).expectNoEvents();
    }
  }

  @Test
  void those_that_are_due_expire_in_the_order_of_their_times() {
    fixture
        .given(
            new StockReceivedEvent(KETTLE, TEN, new StockLevels(10, 0, 0), EARLIER),
            new StockReservedEvent(KETTLE, ID, FOUR, new StockLevels(6, 4, 0), NOW, EARLIER),
            new StockReservedEvent(
                KETTLE, OTHER, FOUR, new StockLevels(2, 8, 0), NOW.minusMillis(1), EARLIER))
        .when(new ExpireReservations(KETTLE))
        .expectEvents(
            new ReservationExpiredEvent(KETTLE, OTHER, FOUR, new StockLevels(6, 4, 0), NOW),
            expired4At(NOW));
  }

  @Test
  void a_new_reservation_ends_no_more_of_those_that_are_due_than_it_needs() {
    fixture
        .given(
            new StockReceivedEvent(KETTLE, TEN, new StockLevels(10, 0, 0), EARLIER),
            new StockReservedEvent(KETTLE, ID, FOUR, new StockLevels(6, 4, 0), NOW, EARLIER),
            new StockReservedEvent(
                KETTLE, OTHER, FOUR, new StockLevels(2, 8, 0), NOW.minusMillis(1), EARLIER))
        .when(new ReserveStock(KETTLE, new ReservationId("ORD-1"), FOUR))
        .expectEvents(
            new ReservationExpiredEvent(KETTLE, OTHER, FOUR, new StockLevels(6, 4, 0), NOW),
            new StockReservedEvent(
                KETTLE, new ReservationId("ORD-1"), FOUR, new StockLevels(2, 8, 0), null, NOW));
  }

  @Test
  void one_command_ends_no_more_than_a_transaction_can_take() {
    var given = new ArrayList<Object>();
    given.add(
        new StockReceivedEvent(KETTLE, new Quantity(1_001), new StockLevels(1_001, 0, 0), EARLIER));
    for (var i = 1; i <= 1_001; i++) {
      given.add(
          new StockReservedEvent(
              KETTLE,
              madeAt(EARLIER, i),
              new Quantity(1),
              new StockLevels(1_001 - i, i, 0),
              NOW,
              EARLIER));
    }
    fixture
        .given(given)
        .when(new ExpireReservations(KETTLE))
        .expectResultMessagePayload(new StockLevels(1_000, 1, 0));
  }

  @Test
  void what_is_available_counts_pieces_whose_time_is_over() {
    fixture
        .given(RECEIVED_10, HELD_4_UNTIL_NOW)
        .when(new ReleaseStock(KETTLE, new ReservationId("ORD-1")))
        .expectState(item -> {
          assertThat(item.availableAt(NOW)).isEqualTo(10);
          assertThat(item.availableAt(NOW.minusMillis(1))).isEqualTo(6);
        });
  }

  private static StockReservedEvent holds4Until(Instant expiresAt) {
    return new StockReservedEvent(KETTLE, ID, FOUR, new StockLevels(6, 4, 0), expiresAt, EARLIER);
  }

  private static ReservationExpiredEvent expired4At(Instant time) {
    return new ReservationExpiredEvent(KETTLE, ID, FOUR, new StockLevels(10, 0, 0), time);
  }

  /** A UUIDv7 of this time. */
  static ReservationId madeAt(Instant time, int number) {
    var millis = "%012x".formatted(time.toEpochMilli());
    return new ReservationId(
        "%s-%s-7000-8000-%012x".formatted(millis.substring(0, 8), millis.substring(8), number));
  }
}
