package dev.orderflow.platform.grpc;

import dev.orderflow.platform.error.UnavailableException;
import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long the caller of the gRPC call that this thread serves still waits. Work whose caller has
 * given up is not begun: the caller may be asking again already.
 */
public final class CallDeadline {
  private CallDeadline() {}

  /**
   * The time that is left.
   *
   * @param most the answer when the caller waits longer, has set no deadline, or there is no call
   * @return zero when the deadline has passed
   */
  public static Duration remaining(Duration most) {
    var deadline = Context.current().getDeadline();
    if (deadline == null) {
      return most;
    }
    var left = Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    return left < most.toNanos() ? Duration.ofNanos(left) : most;
  }

  /**
   * Goes on only while the caller waits.
   *
   * @throws UnavailableException when the deadline has passed, or the call was cancelled
   */
  public static void requireTimeLeft() {
    var context = Context.current();
    var deadline = context.getDeadline();
    if (context.isCancelled() || (deadline != null && deadline.isExpired())) {
      throw new UnavailableException("The caller does not wait for the answer any more.", null);
    }
  }
}
