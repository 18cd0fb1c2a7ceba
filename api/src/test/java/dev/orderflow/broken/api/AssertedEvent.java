package dev.orderflow.broken.api;

import org.assertj.core.api.AbstractAssert;

/** A published language that knows a library. */
public record AssertedEvent(AbstractAssert<?, ?> assertion) {}
