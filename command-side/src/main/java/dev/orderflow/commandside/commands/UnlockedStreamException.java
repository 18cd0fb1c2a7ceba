package dev.orderflow.commandside.commands;

import dev.orderflow.commandside.eventstore.StreamId;

/**
 * A command needs a stream that it did not know of when the locks were taken; it is decided again,
 * alone.
 */
final class UnlockedStreamException extends RuntimeException {
  UnlockedStreamException(StreamId<?> id) {
    super(id + " is not locked", null, false, false);
  }
}
