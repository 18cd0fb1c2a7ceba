package dev.orderflow.broken.commandside.payment.model;

import dev.orderflow.broken.commandside.catalog.model.SpringProduct;

/** A payment that knows products. */
public record ProductPayment(SpringProduct product) {}
