package dev.orderflow.platform.redis;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis that is made when it is first asked for, so that Redis need not be there
 * before, and then stays; the client renews it when it breaks.
 *
 * @param <C> the connection, or what works on it
 */
public final class FirstConnection<C> {
  private final Supplier<C> connect;
  private @Nullable CompletableFuture<C> connection;

  /**
   * Nothing connects yet.
   *
   * @param connect may wait and fail; after a failure the next caller has it tried again
   */
  public FirstConnection(Supplier<C> connect) {
    this.connect = connect;
  }

  /** Does not wait; fails when there is no connection. */
  public synchronized CompletableFuture<C> get() {
    if (connection == null || connection.isCompletedExceptionally()) {
      connection = CompletableFuture.supplyAsync(connect, Thread::startVirtualThread);
    }
    return connection;
  }
}
