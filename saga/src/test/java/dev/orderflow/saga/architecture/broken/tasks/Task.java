package dev.orderflow.saga.architecture.broken.tasks;

import dev.orderflow.saga.architecture.broken.payment.Payment;

/** Breaks a rule: technical code that knows a context. */
record Task(Payment payment) {}
