package dev.orderflow.saga.consumption;

/** A record is not, or not yet, an event of ours. */
public final class UnreadableRecordException extends RuntimeException {
  UnreadableRecordException(String reason) {
    super(reason);
  }
}
