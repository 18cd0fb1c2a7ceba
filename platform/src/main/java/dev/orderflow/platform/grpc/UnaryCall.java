package dev.orderflow.platform.grpc;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.GrpcFailures;
import dev.orderflow.platform.error.UnavailableLine;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
      fail(observer, e);
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }

  /**
   * Begins the work and answers, exactly once, when it is done: at once and on this thread if it is
   * done already.
   */
  public static <T> void answerWhenDone(
      StreamObserver<T> observer, Callable<CompletableFuture<T>> work) {
    CompletableFuture<T> answer;
    try {
      answer = work.call();
    } catch (Exception e) {
      fail(observer, e);
      return;
    }
    var _ =
        answer.whenComplete((message, error) -> {
          if (error == null) {
            observer.onNext(message);
            observer.onCompleted();
          } else {
            fail(observer, error);
          }
        });
  }

  private static <T> void fail(StreamObserver<T> observer, Throwable error) {
    var failure = Failure.of(error);
    if (failure.code() == ErrorCode.INTERNAL) {
      LOG.error("A gRPC call failed because of a bug; its caller got INTERNAL", error);
    } else if (failure.code() == ErrorCode.UNAVAILABLE) {
      UnavailableLine.write(LOG, "A gRPC call", error);
    }
    observer.onError(GrpcFailures.statusOf(failure));
  }
}
