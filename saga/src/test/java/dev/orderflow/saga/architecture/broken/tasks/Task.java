package dev.orderflow.saga.architecture.broken.tasks;

import dev.orderflow.saga.architecture.broken.payment.Payment;
import dev.orderflow.saga.architecture.broken.deadletters.Letter;

/** Breaks rules: technical code that knows a context, and a cycle. */
public record Task(Payment payment, Letter letter) {}
