package dev.orderflow.platform.grpc;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.GrpcFailures;
import dev.orderflow.platform.error.UnavailableLine;
import io.grpc.StatusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a call that fails: its status, and a line in the log when it is our fault. */
final class FailedCall {
  private static final Logger LOG = LoggerFactory.getLogger(FailedCall.class);

  private FailedCall() {}

  /** The status that it fails with, after it was logged. */
  static StatusException statusOf(Throwable error) {
    var failure = Failure.of(error);
    if (failure.code() == ErrorCode.INTERNAL) {
      LOG.error("A gRPC call failed because of a bug; its caller got INTERNAL", error);
    } else if (failure.code() == ErrorCode.UNAVAILABLE) {
      UnavailableLine.write(LOG, "A gRPC call", error);
    }
    return GrpcFailures.statusOf(failure);
  }
}
