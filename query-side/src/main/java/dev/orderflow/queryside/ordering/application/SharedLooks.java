package dev.orderflow.queryside.ordering.application;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.queryside.ordering.model.Order;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
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
    while (true) {
      var own = new CompletableFuture<Optional<Order>>();
      var other = toBegin.putIfAbsent(orderId, own);
      if (other == null) {
        return look(orderId, own);
      }
      try {
        return other.join();
      } catch (CancellationException _) {
        // Who was to look was interrupted, which concerns nobody else.
      }
    }
  }

  private Optional<Order> look(OrderId orderId, CompletableFuture<Optional<Order>> shared)
      throws InterruptedException {
    try {
      var found = findInPlace(orderId, shared);
      shared.complete(found);
      return found;
    } catch (Throwable e) {
      toBegin.remove(orderId, shared);
      if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
        shared.cancel(false);
      } else {
        shared.completeExceptionally(e);
      }
      throw e;
    }
  }

  private Optional<Order> findInPlace(OrderId orderId, CompletableFuture<Optional<Order>> shared)
      throws InterruptedException {
    if (!places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new OverloadedException("Too many look at their orders.");
    }
    try {
      toBegin.remove(orderId, shared);
      return view.find(orderId);
    } finally {
      places.release();
    }
  }
}
