package dev.orderflow.commandside.inventory.model;

import dev.orderflow.api.inventory.ReservationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * What stock is, told as plainly as can be: four counters and a list of who has what, of which
 * nothing is ever forgotten.
 */
final class StockCounter {
  private static final Duration ID_LIFETIME = Duration.ofHours(24);

  /** What a command comes to. */
  enum Outcome {
    DONE,
    DONE_ALREADY,
    SHORT,
    ID_REUSED,
    NOT_FOUND,
    /** Done already, or not found: that the reservation ended is remembered for a day only. */
    DONE_ALREADY_OR_NOT_FOUND
  }

  private enum Fate {
    HELD,
    SOLD,
    GIVEN_BACK
  }

  private static final class Reservation {
    final long quantity;
    final Instant expiresAt;
    Fate fate = Fate.HELD;
    Instant endedAt;

    Reservation(long quantity, Instant expiresAt) {
      this.quantity = quantity;
      this.expiresAt = expiresAt;
    }

    boolean isDue(Instant now) {
      return fate == Fate.HELD && !expiresAt.isAfter(now);
    }
  }

  private final Map<ReservationId, Reservation> reservations = new HashMap<>();
  long received;
  long available;
  long reserved;
  long sold;

  void receive(long quantity) {
    received += quantity;
    available += quantity;
  }

  boolean knows(ReservationId id) {
    return reservations.containsKey(id);
  }

  long availableAt(Instant now) {
    var free = available;
    for (var reservation : reservations.values()) {
      free += reservation.isDue(now) ? reservation.quantity : 0;
    }
    return free;
  }

  Outcome reserve(ReservationId id, Instant made, long quantity, Duration ttl, Instant now) {
    var before = reservations.get(id);
    if (before != null) {
      return before.fate == Fate.HELD && !before.isDue(now) && before.quantity == quantity
          ? Outcome.DONE_ALREADY
          : Outcome.ID_REUSED;
    }
    if (Duration.between(made, now).compareTo(ID_LIFETIME) > 0) {
      return Outcome.ID_REUSED;
    }
    if (availableAt(now) < quantity) {
      return Outcome.SHORT;
    }
    hold(id, quantity, now.plus(ttl), now);
    return Outcome.DONE;
  }

  void hold(ReservationId id, long quantity, Instant expiresAt, Instant now) {
    while (available < quantity) {
      giveBack(longestOverdue(now), now);
    }
    available -= quantity;
    reserved += quantity;
    reservations.put(id, new Reservation(quantity, expiresAt));
  }

  private Reservation longestOverdue(Instant now) {
    return reservations.entrySet().stream()
        .filter(entry -> entry.getValue().isDue(now))
        .min(
            Comparator.comparing(
                    (Map.Entry<ReservationId, Reservation> it) -> it.getValue().expiresAt)
                .thenComparing(it -> it.getKey().value()))
        .orElseThrow()
        .getValue();
  }

  Outcome commit(ReservationId id, Instant now) {
    var reservation = reservations.get(id);
    if (reservation != null && reservation.fate == Fate.HELD && !reservation.isDue(now)) {
      end(reservation, Fate.SOLD, now);
      reserved -= reservation.quantity;
      sold += reservation.quantity;
      return Outcome.DONE;
    }
    return settled(id, reservation, Fate.SOLD, now);
  }

  Outcome release(ReservationId id, Instant now) {
    var reservation = reservations.get(id);
    if (reservation != null && reservation.fate == Fate.HELD) {
      giveBack(reservation, now);
      return Outcome.DONE;
    }
    return settled(id, reservation, Fate.GIVEN_BACK, now);
  }

  private static Outcome settled(
      ReservationId id, Reservation reservation, Fate wanted, Instant now) {
    if (id.value().startsWith("ORD-")) {
      return Outcome.DONE_ALREADY;
    }
    if (reservation == null || reservation.fate != wanted) {
      return Outcome.NOT_FOUND;
    }
    return Duration.between(reservation.endedAt, now).compareTo(ID_LIFETIME) > 0
        ? Outcome.DONE_ALREADY_OR_NOT_FOUND
        : Outcome.DONE_ALREADY;
  }

  Outcome expire(Instant now) {
    var outcome = Outcome.DONE_ALREADY;
    for (var reservation : reservations.values()) {
      if (reservation.isDue(now)) {
        giveBack(reservation, now);
        outcome = Outcome.DONE;
      }
    }
    return outcome;
  }

  private void giveBack(Reservation reservation, Instant now) {
    end(reservation, Fate.GIVEN_BACK, now);
    reserved -= reservation.quantity;
    available += reservation.quantity;
  }

  private static void end(Reservation reservation, Fate fate, Instant now) {
    reservation.fate = fate;
    reservation.endedAt = now;
  }
}
