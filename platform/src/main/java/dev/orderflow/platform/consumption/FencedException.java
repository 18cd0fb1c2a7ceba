package dev.orderflow.platform.consumption;

/**
 * A batch that is not this consumer's to apply: its partition has moved, or it was applied already.
 */
final class FencedException extends RuntimeException {
  FencedException(String message) {
    super(message, null, false, false);
  }
}
