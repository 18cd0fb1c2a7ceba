package dev.orderflow.broken.commandside.publication;

import dev.orderflow.broken.commandside.payment.model.ProductPayment;

/** Publication that knows a context. */
public record PaymentPublication(ProductPayment payment) {}
