package dev.orderflow.saga.commandside;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/** Tells the command side's judgement of a command from failures that may be over the next time. */
public final class Refusal {
  private Refusal() {}

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
   * Whether it was refused because of what there is at the command side: the one that asked had
   * heard what is not so.
   */
  public static boolean isOfState(@Nullable Throwable cause) {
    return cause instanceof StatusRuntimeException answer
        && (answer.getStatus().getCode() == Status.Code.NOT_FOUND
            || answer.getStatus().getCode() == Status.Code.FAILED_PRECONDITION);
  }

  /** Whether something went wrong at the command side that will go wrong the next time, too. */
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
