package dev.orderflow.commandside.inventory.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.commandside.inventory.model.Reservations.Ended;
import dev.orderflow.commandside.inventory.model.Reservations.Held;
import dev.orderflow.commandside.inventory.model.Reservations.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReservationsTest {
  private static final Instant START = Instant.parse("2024-07-31T10:00:00Z");
  private static final Duration KEPT = Duration.ofHours(24).plus(ReservationId.MAX_AHEAD);
  private static final ProductId KETTLE = new ProductId("PROD-KETTLE");
  private static final Quantity ONE = new Quantity(1);
  private static final StockLevels ANY = StockLevels.NONE;
  private static final ReservationId ORDER = new ReservationId("ORD-1");
  private static final ReservationId FIRST = ReservationWithoutOrderTest.madeAt(START, 1);
  private static final ReservationId SECOND = ReservationWithoutOrderTest.madeAt(START, 2);

  private final Reservations reservations = new Reservations(State.NONE);

  @Test
  void the_end_of_an_orders_reservation_is_not_remembered() {
    held(ORDER, null);
    sold(ORDER, START);

    assertThat(reservations.state()).isEqualTo(State.NONE);
  }

  @Test
  void an_end_is_remembered_for_a_day_and_what_clocks_may_differ() {
    held(FIRST, START.plusSeconds(1));
    sold(FIRST, START);

    received(START.plus(KEPT));
    assertThat(reservations.state().ended()).containsExactly(new Ended(FIRST, true, START));

    received(START.plus(KEPT).plusMillis(1));
    assertThat(reservations.state()).isEqualTo(State.NONE);
  }

  @Test
  void ends_are_forgotten_one_by_one() {
    held(FIRST, START.plusSeconds(1));
    held(SECOND, START.plusSeconds(1));
    sold(FIRST, START);
    givenBack(SECOND, START.plusSeconds(1));

    received(START.plus(KEPT).plusMillis(1));

    assertThat(reservations.state().ended())
        .containsExactly(new Ended(SECOND, false, START.plusSeconds(1)));
  }

  @Test
  void what_was_kept_is_read_back_whole() throws Exception {
    held(ORDER, null);
    held(FIRST, START.plusSeconds(2));
    held(SECOND, START.plusSeconds(1));
    sold(SECOND, START);

    var again = new Reservations(reservations.state());

    assertThat(again).usingRecursiveComparison().isEqualTo(reservations);
    assertThat(again.dueAt(START.plusSeconds(2)))
        .isEqualTo(List.of(new Held(FIRST, ONE, START.plusSeconds(2))));
    assertThat(again.toCommit(SECOND, START)).isEmpty();
    assertThat(again.toRelease(ORDER)).hasValue(new Held(ORDER, ONE, null));
  }

  private void held(ReservationId id, Instant expiresAt) {
    reservations.on(new StockReservedEvent(KETTLE, id, ONE, ANY, expiresAt, START));
  }

  private void sold(ReservationId id, Instant time) {
    reservations.on(new StockCommittedEvent(KETTLE, id, ONE, ANY, time));
  }

  private void givenBack(ReservationId id, Instant time) {
    reservations.on(new StockReleasedEvent(KETTLE, id, ONE, ANY, time));
  }

  private void received(Instant time) {
    reservations.on(new StockReceivedEvent(KETTLE, ONE, ANY, time));
  }
}
