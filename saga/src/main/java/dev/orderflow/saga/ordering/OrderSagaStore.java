package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the sagas, read and written in sets. */
interface OrderSagaStore {
  /** Those of these orders that have one. */
  List<StoredSaga> find(Collection<OrderId> orders);

  /**
   * Writes sagas, in the caller's transaction.
   *
   * @param sagas each with the version after the one that was read; 1 for a new one
   * @throws org.springframework.dao.OptimisticLockingFailureException when one of them was written
   *     by others since it was read
   */
  void write(Collection<StoredSaga> sagas);

  /**
   * Takes over orders whose deadline has passed, the longest overdue first.
   *
   * @param until when they come again, should this instance not be done with them
   */
  List<Overdue> claimOverdue(Instant now, Instant until, int most);

  /**
   * An order whose deadline has passed.
   *
   * @param trace to which it belongs, as {@code traceparent}; null when it is not sampled
   */
  record Overdue(OrderId orderId, @Nullable String trace) {}

  /** When confirming and cancelling began to settle the stock of orders. */
  Instant stockSettledSince();
}
