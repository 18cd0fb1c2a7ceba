package dev.orderflow.commandside.ordering.application;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.eventstore.CommittedEvents;
import dev.orderflow.commandside.eventstore.CommittedEvents.StoredEvent;
import dev.orderflow.commandside.eventstore.EventStorage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Bounds the open orders of a customer, and the pieces that they hold. An instance remembers which
 * orders are open: its own at once, those of other instances, and that one has ended, when it looks
 * at the newest events. So placing an order costs no statement.
 */
@Component
class OpenOrders {
  private static final Logger LOG = LoggerFactory.getLogger(OpenOrders.class);
  private static final Set<String> KINDS =
      Arrays.stream(OrderEvent.class.getPermittedSubclasses())
          .map(Class::getName)
          .collect(toUnmodifiableSet());
  private static final long LOOK_MILLIS = 500;

  private static final int EVENTS_AT_ONCE = 1_000;

  /** How far back an instance looks when it starts. */
  private static final long MOST_EVENTS = 100_000;

  /** Of all customers; about 25 MB. Further ones are not counted. */
  private static final int MOST_ORDERS = 100_000;

  private final CommittedEvents events;
  private final EventStorage storage;
  private final Share most;
  private final Map<OrderId, Open> open = new HashMap<>();
  private final Map<UserId, Share> shares = new HashMap<>();
  private @Nullable TrackingToken seen;

  OpenOrders(CommittedEvents events, EventStorage storage, OrderingProperties properties) {
    this.events = events;
    this.storage = storage;
    this.most = new Share(properties.maxOpenOrders(), properties.maxOpenPieces());
  }

  private record Open(UserId customer, long pieces) {}

  /** What a customer's open orders are together. */
  private record Share(int orders, long pieces) {
    static final Share NONE = new Share(0, 0);

    Share with(long more) {
      return new Share(orders + 1, pieces + more);
    }

    Share without(long less) {
      return new Share(orders - 1, pieces - less);
    }

    boolean fitsInto(Share most) {
      return orders <= most.orders && pieces <= most.pieces;
    }
  }

  /** What becomes of an order that is to be placed. */
  enum Admission {
    /** It has a place now. */
    NEW,
    /** It has one already: its key has placed it before. */
    KNOWN,
    /** The customer would have too much. */
    REFUSED
  }

  /** Gives the order a place among the customer's open ones. */
  synchronized Admission admit(PlaceOrder command) {
    if (open.containsKey(command.orderId())) {
      return Admission.KNOWN;
    }
    var pieces = pieces(command.lines().stream().map(OrderLine::quantity));
    if (!shareOf(command.userId()).with(pieces).fitsInto(most)) {
      return Admission.REFUSED;
    }
    add(command.orderId(), new Open(command.userId(), pieces));
    return Admission.NEW;
  }

  /** The order was not placed, or has ended. */
  synchronized void release(OrderId order) {
    var ended = open.remove(order);
    if (ended != null) {
      var left = shareOf(ended.customer()).without(ended.pieces());
      if (left.equals(Share.NONE)) {
        shares.remove(ended.customer());
      } else {
        shares.put(ended.customer(), left);
      }
    }
  }

  private void add(OrderId order, Open held) {
    if (open.size() < MOST_ORDERS && open.putIfAbsent(order, held) == null) {
      shares.put(held.customer(), shareOf(held.customer()).with(held.pieces()));
    }
  }

  private Share shareOf(UserId customer) {
    return shares.getOrDefault(customer, Share.NONE);
  }

  private static long pieces(Stream<Quantity> quantities) {
    return quantities.mapToLong(Quantity::value).sum();
  }

  /** Takes note of what was committed since it has looked last. */
  @EventListener(ApplicationStartedEvent.class)
  @Scheduled(initialDelay = LOOK_MILLIS, fixedDelay = LOOK_MILLIS)
  void look() {
    try {
      if (seen == null) {
        seen = beginning();
      }
      List<StoredEvent> page;
      do {
        page = events.after(seen, EVENTS_AT_ONCE);
        var ofOrders = page.stream().map(StoredEvent::data).filter(OpenOrders::isOfOrder).toList();
        storage.messages(ofOrders).forEach(event -> note((OrderEvent) event.getPayload()));
        if (!page.isEmpty()) {
          seen = page.getLast().token();
        }
      } while (page.size() >= EVENTS_AT_ONCE);
    } catch (RuntimeException e) {
      LOG.warn(
          "Open orders of other instances are not counted at the moment, so a customer may have"
              + " more of them; the next look is in {} ms: {}",
          LOOK_MILLIS,
          e.toString());
    }
  }

  private static boolean isOfOrder(DomainEventData<byte[]> event) {
    return KINDS.contains(event.getPayload().getType().getName());
  }

  private TrackingToken beginning() {
    var head = events.createHeadToken();
    var newest = head == null ? 0 : head.position().orElse(0);
    return GapAwareTrackingToken.newInstance(Math.max(0, newest - MOST_EVENTS), Set.of());
  }

  private synchronized void note(OrderEvent event) {
    switch (event) {
      case OrderPlacedEvent placed ->
          add(
              placed.orderId(),
              new Open(placed.userId(), pieces(placed.items().stream().map(OrderItem::quantity))));
      case OrderConfirmedEvent _, OrderCancelledEvent _ -> release(event.orderId());
    }
  }
}
