package dev.orderflow.platform.grpc;

import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long the caller of the gRPC call that this thread serves still waits. */
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
}
