package dev.orderflow.saga.architecture.broken.payment;

/** Belongs to another context. */
public record Payment() {}
