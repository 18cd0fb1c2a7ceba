package dev.orderflow.saga.architecture.broken.ordering;

import dev.orderflow.saga.architecture.broken.payment.Payment;
import org.slf4j.Logger;

/** Breaks rules: it knows another context, and a technology. */
record OrderSaga(Payment payment, Logger technology) {}
