package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.ordering.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The orders that one customer has placed last; some of them may have ended. */
final class PlacedLast {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Set<OrderId> orders = new LinkedHashSet<>();
  private Instant lookedAt = Instant.EPOCH;

  /**
   * Adds an order if there is room.
   *
   * @return whether it is among them now
   */
  synchronized boolean add(OrderId order, int most) {
    return orders.contains(order) || (orders.size() < most && orders.add(order));
  }

  /** Adds an order that was placed elsewhere, in the place of the eldest if need be. */
  synchronized void note(OrderId order, int most) {
    if (orders.add(order) && orders.size() > most) {
      orders.remove(orders.iterator().next());
    }
  }

  synchronized void remove(OrderId order) {
    orders.remove(order);
  }

  synchronized List<OrderId> all() {
    return List.copyOf(orders);
  }

  /** Whether it is time to look which are open; who comes too often is not looked after. */
  synchronized boolean mayLook(Instant now) {
    if (lookedAt.plus(PAUSE).isAfter(now)) {
      return false;
    }
    lookedAt = now;
    return true;
  }
}
