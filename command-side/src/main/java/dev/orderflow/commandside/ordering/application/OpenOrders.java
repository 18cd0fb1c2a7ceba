package dev.orderflow.commandside.ordering.application;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.commandside.eventstore.StreamVersions;
import dev.orderflow.commandside.ordering.model.Order;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Bounds the open orders of a customer. An instance remembers which orders the customers have
 * placed last, here and on the other instances. Whether they are open still it looks up only when a
 * customer seems to have too many: for all others a place costs no question.
 */
@Component
class OpenOrders {
  private static final Logger LOG = LoggerFactory.getLogger(OpenOrders.class);
  private static final int CUSTOMERS = 20_000;
  private static final long LOOK_MILLIS = 500;

  /** How far back an instance looks at most, which is when it starts. */
  private static final long MOST_EVENTS = 100_000;

  private final Cache<UserId, PlacedLast> placed =
      CacheBuilder.newBuilder().maximumSize(CUSTOMERS).build();
  private final EventStorage events;
  private final StreamVersions versions;
  private final Clock clock;
  private final int most;
  private long seen;
  private long seenBefore;

  OpenOrders(
      EventStorage events, StreamVersions versions, Clock clock, OrderingProperties properties) {
    this.events = events;
    this.versions = versions;
    this.clock = clock;
    this.most = properties.maxOpenOrders();
  }

  /**
   * Gives the order a place among the customer's open ones, unless it has one.
   *
   * @return whether it has one now
   */
  boolean admit(PlaceOrder command) {
    var ofCustomer = of(command.userId());
    if (ofCustomer.add(command.orderId(), most)) {
      return true;
    }
    if (ofCustomer.mayLook(clock.instant())) {
      ended(ofCustomer.all()).forEach(ofCustomer::remove);
    }
    return ofCustomer.add(command.orderId(), most);
  }

  /** The order was not placed. One that was placed all the same is noted again. */
  void release(PlaceOrder command) {
    of(command.userId()).remove(command.orderId());
  }

  private PlacedLast of(UserId customer) {
    return placed.asMap().computeIfAbsent(customer, _ -> new PlacedLast());
  }

  /** An order has one event while it is open, and two when it has ended. */
  private List<OrderId> ended(List<OrderId> orders) {
    var last = versions.of(orders.stream().map(Order::streamId).toList());
    return orders.stream()
        .filter(order -> last.getOrDefault(Order.streamId(order), 0L) > 0)
        .toList();
  }

  /**
   * Takes note of what was placed since it has looked before last: an event may be committed after
   * others that have later places.
   */
  @EventListener(ApplicationStartedEvent.class)
  @Scheduled(initialDelay = LOOK_MILLIS, fixedDelay = LOOK_MILLIS)
  void look() {
    try {
      var head = events.head();
      if (head > seenBefore) {
        events
            .between(OrderPlacedEvent.class, Math.max(seenBefore, head - MOST_EVENTS), head)
            .forEach(order -> of(order.userId()).note(order.orderId(), most));
      }
      seenBefore = seen == 0 ? head : seen;
      seen = head;
    } catch (RuntimeException e) {
      LOG.warn("Orders that others have placed are counted later: {}", e.toString());
    }
  }
}
