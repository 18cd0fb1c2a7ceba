package dev.orderflow.saga.architecture.broken.tasks;

import dev.orderflow.saga.architecture.broken.deadletters.Letter;
import dev.orderflow.saga.architecture.broken.payment.Payment;

/** Breaks rules: technical code that knows a context, and a cycle. */
public record Task(Payment payment, Letter letter) {}
