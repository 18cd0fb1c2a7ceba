package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReservationExpiredEvent;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.commandside.eventstore.EventStorage.Placed;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.payment.model.Payment;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** What has happened to an order, to its payment, and to stock on its behalf. */
@Service
public class OrderJourney {
  /** Both streams end after a few events. */
  private static final int MOST = 100;

  /**
   * Stock moves in the transaction in which its order is placed or ends, and the events of one
   * command are written one behind the other; other instances write in between, but not for long.
   */
  private static final int NEAR = 2_000;

  private final EventStorage storage;

  OrderJourney(EventStorage storage) {
    this.storage = storage;
  }

  /**
   * All events of an order's way, in the order in which they were stored.
   *
   * @throws Rejection.OrderNotFound when there is no such order
   */
  public List<Placed> of(OrderId orderId) throws Rejection {
    var streams = List.of(Order.streamId(orderId), Payment.streamId(PaymentId.of(orderId)));
    var events = new TreeMap<Long, Placed>();
    storage.first(streams, MOST).forEach(one -> events.put(one.place(), one));
    var own =
        events.values().stream()
            .filter(one -> one.event().getAggregateIdentifier().equals(streams.getFirst()))
            .toList();
    if (own.isEmpty()) {
      throw new Rejection.OrderNotFound();
    }
    own.stream()
        .flatMap(one -> storage.around(one.place(), NEAR, stocks(own)).stream())
        .filter(one -> isFor(ReservationId.of(orderId), one))
        .forEach(one -> events.put(one.place(), one));
    return List.copyOf(events.values());
  }

  private static List<String> stocks(List<Placed> order) {
    return order.stream()
        .map(one -> one.event().getPayload())
        .flatMap(payload ->
            payload instanceof OrderPlacedEvent placed ? placed.items().stream() : Stream.empty())
        .map(OrderItem::productId)
        .distinct()
        .map(InventoryItem::streamId)
        .toList();
  }

  private static boolean isFor(ReservationId reservation, Placed one) {
    return one.event().getPayload() instanceof InventoryUpdatedEvent event
        && reservationOf(event).filter(reservation::equals).isPresent();
  }

  private static Optional<ReservationId> reservationOf(InventoryUpdatedEvent event) {
    return switch (event) {
      case StockReservedEvent reserved -> Optional.of(reserved.reservationId());
      case StockCommittedEvent committed -> Optional.of(committed.reservationId());
      case StockReleasedEvent released -> Optional.of(released.reservationId());
      case ReservationExpiredEvent expired -> Optional.of(expired.reservationId());
      case StockReceivedEvent _ -> Optional.empty();
    };
  }
}
