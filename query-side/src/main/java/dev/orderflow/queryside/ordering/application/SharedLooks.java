package dev.orderflow.queryside.ordering.application;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.queryside.ordering.model.Order;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/**
 * Looks at orders for all who watch them. After a change all watchers of an order want to look at
 * once: they share a look that has not begun yet, and so finds whatever they were told of. After an
 * interruption all watchers of all orders do: few look at a time, which leaves connections to other
 * reads.
 */
final class SharedLooks {
  private static final int MOST = 4;

  private final OrderReader view;
  private final Duration wait;
  private final Semaphore places = new Semaphore(MOST);
  private final ConcurrentMap<OrderId, CompletableFuture<Optional<Order>>> toBegin =
      new ConcurrentHashMap<>();

  /**
   * @param wait how long one waits to be one of the few at most
   */
  SharedLooks(OrderReader view, Duration wait) {
    this.view = view;
    this.wait = wait;
  }

  /**
   * The order as it is now. Blocks the calling thread.
   *
   * @throws java.util.concurrent.CompletionException when the look fails, or too many look already
   */
  Optional<Order> find(OrderId orderId) {
    return toBegin
        .computeIfAbsent(
            orderId,
            _ -> CompletableFuture.supplyAsync(() -> look(orderId), Thread::startVirtualThread))
        .join();
  }

  private Optional<Order> look(OrderId orderId) {
    var hasPlace = Uninterruptibles.tryAcquireUninterruptibly(places, wait);
    // Those who come from here on may have been told of what this look misses.
    toBegin.remove(orderId);
    if (!hasPlace) {
      throw new OverloadedException("Too many look at their orders.");
    }
    try {
      return view.find(orderId);
    } finally {
      places.release();
    }
  }
}
