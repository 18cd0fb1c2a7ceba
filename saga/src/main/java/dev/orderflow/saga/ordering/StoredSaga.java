package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The saga of an order as its row keeps it. The row stays when the saga has ended: it is the proof
 * that the order had one.
 *
 * @param saga as JSON
 * @param version counts how often it was written, from 1
 * @param deadline when the payment has taken too long; null when nothing waits for that
 */
record StoredSaga(
    OrderId orderId, String saga, long version, @Nullable Instant deadline, boolean ended) {}
