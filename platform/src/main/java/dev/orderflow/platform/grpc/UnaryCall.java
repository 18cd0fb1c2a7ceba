package dev.orderflow.platform.grpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Answers a unary call with what the work returns, or with the status of what it throws. */
public final class UnaryCall {
  private UnaryCall() {}

  /** Does the work and answers, exactly once. */
  public static <T> void answer(StreamObserver<T> observer, Callable<T> work) {
    T answer;
    try {
      answer = work.call();
    } catch (Exception e) {
      observer.onError(FailedCall.statusOf(e));
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
      observer.onError(FailedCall.statusOf(e));
      return;
    }
    var _ =
        answer.whenComplete((message, error) -> {
          if (error == null) {
            observer.onNext(message);
            observer.onCompleted();
          } else {
            observer.onError(FailedCall.statusOf(error));
          }
        });
  }
}
