package dev.orderflow.api.ordering;

import dev.orderflow.api.EventRevision;
import java.time.Instant;

/**
 * An order is paid and final.
 *
 * @param orderId the order
 */
@EventRevision(1)
public record OrderConfirmedEvent(OrderId orderId, Instant timestamp) implements OrderEvent {}
