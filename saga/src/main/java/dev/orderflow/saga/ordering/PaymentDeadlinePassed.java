package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;

/** An order has waited long enough for its payment. Stays inside this service. */
record PaymentDeadlinePassed(OrderId orderId) {}
