package dev.orderflow.saga.commandside;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/** Tells a permanent refusal of a command from failures that may be over at the next attempt. */
public final class CommandRefusal {
  private CommandRefusal() {}

  /**
   * Whether the command side has judged the command itself. That it does not know or trust us says
   * nothing about the command, and neither does that something went wrong there.
   */
  public static boolean is(@Nullable Throwable cause) {
    return cause instanceof StatusRuntimeException answer
        && switch (answer.getStatus().getCode()) {
          case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, OUT_OF_RANGE ->
              true;
          case OK,
              CANCELLED,
              UNKNOWN,
              DEADLINE_EXCEEDED,
              PERMISSION_DENIED,
              RESOURCE_EXHAUSTED,
              ABORTED,
              UNIMPLEMENTED,
              INTERNAL,
              UNAVAILABLE,
              DATA_LOSS,
              UNAUTHENTICATED ->
              false;
        };
  }

  /**
   * Whether it was refused because of the state at the command side: the record on which the sender
   * acted is not true.
   */
  public static boolean isOfState(@Nullable Throwable cause) {
    return cause instanceof StatusRuntimeException answer
        && (answer.getStatus().getCode() == Status.Code.NOT_FOUND
            || answer.getStatus().getCode() == Status.Code.FAILED_PRECONDITION);
  }

  /** Whether a bug of the command side failed it: it will fail the next time, too. */
  public static boolean isFault(@Nullable Throwable cause) {
    return cause instanceof StatusRuntimeException answer
        && switch (answer.getStatus().getCode()) {
          case UNKNOWN, INTERNAL, DATA_LOSS -> true;
          case OK,
              CANCELLED,
              INVALID_ARGUMENT,
              DEADLINE_EXCEEDED,
              NOT_FOUND,
              ALREADY_EXISTS,
              PERMISSION_DENIED,
              RESOURCE_EXHAUSTED,
              FAILED_PRECONDITION,
              ABORTED,
              OUT_OF_RANGE,
              UNIMPLEMENTED,
              UNAVAILABLE,
              UNAUTHENTICATED ->
              false;
        };
  }
}
