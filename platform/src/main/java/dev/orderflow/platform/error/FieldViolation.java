package dev.orderflow.platform.error;

/**
 * A field that breaks its rule.
 *
 * @param field its path, such as {@code items[0].quantity}
 * @param message what a valid value looks like
 */
public record FieldViolation(String field, String message) {}
