package dev.orderflow.platform.error;

import dev.orderflow.api.Meaning;

/** A field that breaks its rule. */
public record FieldViolation(
    @Meaning("The path of the field, such as items[0].quantity.") String field,
    @Meaning("What a valid value looks like.") String message) {}
