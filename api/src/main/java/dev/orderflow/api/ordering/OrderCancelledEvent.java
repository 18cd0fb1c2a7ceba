package dev.orderflow.api.ordering;

import dev.orderflow.api.EventRevision;
import java.time.Instant;

/**
 * An order was undone and is final.
 *
 * @param reason why
 */
@EventRevision(1)
public record OrderCancelledEvent(OrderId orderId, CancelReason reason, Instant timestamp)
    implements OrderEvent {}
