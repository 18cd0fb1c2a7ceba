package dev.orderflow.queryside.ordering.application;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.security.Account;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.queryside.live.Changes;
import dev.orderflow.queryside.live.StreamProperties;
import dev.orderflow.queryside.live.WatchSubscription;
import dev.orderflow.queryside.live.WatchSubscriptions;
import dev.orderflow.queryside.live.Watchable;
import dev.orderflow.queryside.ordering.model.Order;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Follows orders to their ends. */
@Service
public class OrderWatch {
  private static final Duration LOOK_WAITS = Duration.ofSeconds(1);

  private final SharedLooks looks;
  private final Changes changes;
  private final WatchSubscriptions streams;
  private final Duration heartbeat;
  private final InstantSource clock;

  OrderWatch(
      OrderReader view,
      Changes changes,
      WatchSubscriptions streams,
      StreamProperties settings,
      InstantSource clock) {
    this.looks = new SharedLooks(view, LOOK_WAITS);
    this.changes = changes;
    this.streams = streams;
    this.heartbeat = settings.heartbeat();
    this.clock = clock;
  }

  /**
   * A stream of the order's states. It fails soon after the caller's token is no longer valid.
   *
   * @param order as it was found for the caller, who may see it
   * @param known the revision that the reader knows already; 0 for none
   * @throws OverloadedException when too many streams are open
   */
  public WatchSubscription<Order> open(Caller caller, Order order, long known) {
    var followed =
        new Watchable<>(
            order.orderId().value(),
            () -> {
              caller.requireValid(clock.instant());
              return looks.find(order.orderId());
            },
            Order::revision,
            state -> state.status().isFinal(),
            heartbeat);
    return streams.open(Optional.of(Account.of(caller)), changes, followed, order, known);
  }
}
