package dev.orderflow.platform.grpc;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.GrpcFailures;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a unary call with what the work returns, or with the status of what it throws. */
public final class UnaryCall {
  private static final Logger LOG = LoggerFactory.getLogger(UnaryCall.class);

  private UnaryCall() {}

  /** Does the work and answers, exactly once. */
  public static <T> void answer(StreamObserver<T> observer, Callable<T> work) {
    T answer;
    try {
      answer = work.call();
    } catch (Exception e) {
      var failure = Failure.of(e);
      if (failure.code() == ErrorCode.INTERNAL) {
        LOG.error("A gRPC call failed", e);
      } else if (failure.code() == ErrorCode.UNAVAILABLE) {
        LOG.warn("A gRPC call is unavailable: {}", e.toString());
      }
      observer.onError(GrpcFailures.statusOf(failure));
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }
}
