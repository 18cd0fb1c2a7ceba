package dev.orderflow.saga.ordering;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderId;
import java.time.Instant;

/** An order has waited long enough for its payment. Stays inside this service. */
record PaymentDeadlinePassed(OrderId orderId, Instant timestamp) implements DomainEvent {}
