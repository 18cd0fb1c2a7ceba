package dev.orderflow.broken.commandside.commands;

import dev.orderflow.broken.commandside.payment.model.ProductPayment;

/** A lane that knows a context. */
public record PaymentLane(ProductPayment payment) {}
