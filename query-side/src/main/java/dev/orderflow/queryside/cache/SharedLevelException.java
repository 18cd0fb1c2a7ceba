package dev.orderflow.queryside.cache;

/** L2 has not answered, or not so that it can be trusted. */
final class SharedLevelException extends Exception {
  SharedLevelException(String message) {
    super(message, null, false, false);
  }
}
