package dev.orderflow.saga.commandside;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a permanent refusal of a command from failures that may be over at the next attempt. */
public final class CommandRefusal {
  private static final Set<Code> REFUSALS_OF_STATE =
      Set.of(Code.NOT_FOUND, Code.FAILED_PRECONDITION);
  private static final Set<Code> REFUSALS =
      Set.of(
          Code.INVALID_ARGUMENT,
          Code.NOT_FOUND,
          Code.ALREADY_EXISTS,
          Code.FAILED_PRECONDITION,
          Code.OUT_OF_RANGE);
  private static final Set<Code> FAULTS = Set.of(Code.UNKNOWN, Code.INTERNAL, Code.DATA_LOSS);

  private CommandRefusal() {}

  /**
   * Whether the command side has judged the command itself. That it does not know or trust us says
   * nothing about the command, and neither does that something went wrong there.
   */
  public static boolean is(@Nullable Throwable cause) {
    return isAnswer(REFUSALS, cause);
  }

  /**
   * Whether it was refused because of the state at the command side: the record on which the sender
   * acted is not true.
   */
  public static boolean isOfState(@Nullable Throwable cause) {
    return isAnswer(REFUSALS_OF_STATE, cause);
  }

  /** Whether a bug of the command side failed it: it will fail the next time, too. */
  public static boolean isFault(@Nullable Throwable cause) {
    return isAnswer(FAULTS, cause);
  }

  private static boolean isAnswer(Set<Code> codes, @Nullable Throwable cause) {
    return cause instanceof StatusRuntimeException answer
        && codes.contains(answer.getStatus().getCode());
  }
}
