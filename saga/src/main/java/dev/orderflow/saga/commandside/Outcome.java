package dev.orderflow.saga.commandside;

import io.grpc.StatusRuntimeException;

/** What became of a command. */
public sealed interface Outcome {
  /**
   * It was decided. The new state comes with events. A command that came too late has changed
   * nothing.
   */
  record Decided() implements Outcome {}

  /**
   * It was refused, or it is not known whether it was decided.
   *
   * @param cause {@link CommandRefusal} tells which
   */
  record Failed(StatusRuntimeException cause) implements Outcome {}

  /**
   * Returns when it was decided.
   *
   * @throws StatusRuntimeException when it was not
   */
  default void orThrow() {
    switch (this) {
      case Decided() -> {}
      case Failed(var cause) -> throw cause;
    }
  }
}
