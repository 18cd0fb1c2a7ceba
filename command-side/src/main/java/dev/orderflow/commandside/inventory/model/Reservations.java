package dev.orderflow.commandside.inventory.model;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReservationExpiredEvent;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.api.rejection.Rejection.ReservationIdReused;
import dev.orderflow.api.rejection.Rejection.ReservationNotFound;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The reservations of one product. An order's reservation is forgotten when it ends: the order
 * itself says how it ended. How a reservation without an order ended is remembered until its id is
 * too old to be used again.
 */
final class Reservations {
  /** The age from which on an unknown id counts as that of an ended reservation. */
  private static final Duration ID_LIFETIME = Duration.ofHours(24);

  /** An id may be made a little after its reservation has ended, by its maker's clock. */
  private static final Duration ENDED_KEPT = ID_LIFETIME.plus(ReservationId.MAX_AHEAD);

  private final Map<ReservationId, Held> held = new HashMap<>();
  private final NavigableMap<Expiry, Held> expiring = new TreeMap<>();
  private final Map<ReservationId, Ended> ended = new LinkedHashMap<>();

  /**
   * Pieces that are held.
   *
   * @param expiresAt null for an order's
   */
  record Held(ReservationId id, Quantity quantity, @Nullable Instant expiresAt) {
    boolean isDueAt(Instant now) {
      return expiresAt != null && !now.isBefore(expiresAt);
    }
  }

  /**
   * A reservation without an order that is over.
   *
   * @param sold whether its pieces were sold; else they were given back
   */
  record Ended(ReservationId id, boolean sold, Instant at) {}

  /**
   * All there is to know, to be kept and read back.
   *
   * @param ended in the order in which they ended
   */
  record State(List<Held> held, List<Ended> ended) {
    static final State NONE = new State(List.of(), List.of());

    State {
      held = List.copyOf(held);
      ended = List.copyOf(ended);
    }
  }

  private record Expiry(Instant at, ReservationId id) implements Comparable<Expiry> {
    private static final Comparator<Expiry> ORDER =
        Comparator.comparing(Expiry::at).thenComparing(expiry -> expiry.id().value());

    @Override
    public int compareTo(Expiry other) {
      return ORDER.compare(this, other);
    }
  }

  Reservations(State state) {
    state.held().forEach(this::add);
    state.ended().forEach(end -> ended.put(end.id(), end));
  }

  State state() {
    return new State(List.copyOf(held.values()), List.copyOf(ended.values()));
  }

  /**
   * The reservation that a command has made before; empty when it makes a new one.
   *
   * @throws ReservationIdReused when the id stands, or stood, for something else
   */
  Optional<Held> repeated(ReserveStock command, Instant now) throws ReservationIdReused {
    var id = command.reservationId();
    var before = held.get(id);
    var usable =
        before == null
            ? isUnusedAt(now, id)
            : before.quantity().equals(command.quantity()) && !before.isDueAt(now);
    if (!usable) {
      throw new ReservationIdReused(id);
    }
    return Optional.ofNullable(before);
  }

  private boolean isUnusedAt(Instant now, ReservationId id) {
    return !ended.containsKey(id)
        && id.madeAt().filter(made -> made.isBefore(now.minus(ID_LIFETIME))).isEmpty();
  }

  /**
   * What can be sold under an id; empty when that is done already.
   *
   * @throws ReservationNotFound when the pieces are available again, or the id is not known
   */
  Optional<Held> toCommit(ReservationId id, Instant now) throws ReservationNotFound {
    return open(id, Optional.ofNullable(held.get(id)).filter(it -> !it.isDueAt(now)), true);
  }

  /**
   * What can be given back under an id; empty when that is done already.
   *
   * @throws ReservationNotFound when the pieces are sold, or the id is not known
   */
  Optional<Held> toRelease(ReservationId id) throws ReservationNotFound {
    return open(id, Optional.ofNullable(held.get(id)), false);
  }

  private Optional<Held> open(ReservationId id, Optional<Held> there, boolean sell)
      throws ReservationNotFound {
    var end = ended.get(id);
    if (there.isPresent() || id.isOrders() || (end != null && end.sold() == sell)) {
      return there;
    }
    throw new ReservationNotFound(id);
  }

  /** Those whose time is over, the longest overdue first. */
  List<Held> dueAt(Instant now) {
    return expiring.values().stream().takeWhile(it -> it.isDueAt(now)).toList();
  }

  /** Takes note of what has happened. */
  void on(InventoryUpdatedEvent event) {
    switch (event) {
      case StockReceivedEvent _ -> {}
      case StockReservedEvent it ->
          add(new Held(it.reservationId(), it.quantity(), it.expiresAt()));
      case StockCommittedEvent it -> end(new Ended(it.reservationId(), true, it.timestamp()));
      case StockReleasedEvent it -> end(new Ended(it.reservationId(), false, it.timestamp()));
      case ReservationExpiredEvent it -> end(new Ended(it.reservationId(), false, it.timestamp()));
    }
    forgetEndedBefore(event.timestamp().minus(ENDED_KEPT));
  }

  private void add(Held added) {
    held.put(added.id(), added);
    if (added.expiresAt() != null) {
      expiring.put(new Expiry(added.expiresAt(), added.id()), added);
    }
  }

  private void end(Ended end) {
    var before = held.remove(end.id());
    if (before != null && before.expiresAt() != null) {
      expiring.remove(new Expiry(before.expiresAt(), before.id()));
      ended.put(end.id(), end);
    }
  }

  private void forgetEndedBefore(Instant limit) {
    var oldest = ended.values().iterator();
    while (oldest.hasNext() && oldest.next().at().isBefore(limit)) {
      oldest.remove();
    }
  }
}
