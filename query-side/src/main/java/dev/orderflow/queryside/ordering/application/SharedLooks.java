package dev.orderflow.queryside.ordering.application;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.queryside.ordering.model.Order;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

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
   * @throws OverloadedException when too many look already
   * @throws java.util.concurrent.CompletionException when the look that was shared fails
   */
  Optional<Order> find(OrderId orderId) throws InterruptedException {
    var own = new CompletableFuture<Optional<Order>>();
    var other = toBegin.putIfAbsent(orderId, own);
    if (other != null) {
      return other.join();
    }
    try {
      if (!places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new OverloadedException("Too many look at their orders.");
      }
    } catch (OverloadedException | InterruptedException e) {
      toBegin.remove(orderId, own);
      own.completeExceptionally(new OverloadedException("Too many look at their orders."));
      throw e;
    }
    try {
      toBegin.remove(orderId, own);
      var found = view.find(orderId);
      own.complete(found);
      return found;
    } catch (RuntimeException e) {
      own.completeExceptionally(e);
      throw e;
    } finally {
      places.release();
    }
  }
}
