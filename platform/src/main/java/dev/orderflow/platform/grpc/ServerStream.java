package dev.orderflow.platform.grpc;

import dev.orderflow.platform.error.UnavailableException;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Semaphore;

/**
 * The answer to a call as a stream, sent by a thread of its own that waits while the reader is
 * slow.
 *
 * @param <T> the message
 */
public final class ServerStream<T> {
  private final ServerCallStreamObserver<T> observer;
  private final Semaphore wakeUp = new Semaphore(0);
  private volatile Runnable whenGone = () -> {};

  private ServerStream(ServerCallStreamObserver<T> observer) {
    this.observer = observer;
    observer.setOnReadyHandler(wakeUp::release);
    observer.setOnCancelHandler(() -> {
      wakeUp.release();
      whenGone.run();
    });
  }

  /** Checks the call, on the thread of the call, and says how to answer it. */
  @FunctionalInterface
  public interface Opening<T> {
    /** What is thrown is what the call fails with. */
    Sender open(ServerStream<T> stream) throws Exception;
  }

  /** Sends what there is to send; the stream ends when it returns. */
  @FunctionalInterface
  public interface Sender {
    /** What is thrown is what the call fails with. */
    void send() throws Exception;
  }

  /** Answers a call. */
  public static <T> void answer(StreamObserver<T> observer, Opening<T> opening) {
    var stream = new ServerStream<>((ServerCallStreamObserver<T>) observer);
    Sender sender;
    try {
      sender = opening.open(stream);
    } catch (Exception e) {
      stream.fail(e);
      return;
    }
    var answering =
        Context.current()
            .wrap(() -> {
              try {
                sender.send();
                observer.onCompleted();
              } catch (Exception e) {
                stream.fail(e);
              }
            });
    Thread.ofVirtual().name("grpc-stream").start(answering);
  }

  /**
   * Tells a sender that waits for something to send that the reader is gone. A reader that is gone
   * before this call is noticed with the first message.
   *
   * @param action must not block
   */
  public void whenGone(Runnable action) {
    whenGone = action;
  }

  /**
   * Sends a message once the reader has room for it.
   *
   * @throws UnavailableException when the reader is gone
   */
  public void send(T message) throws InterruptedException {
    while (!observer.isReady()) {
      requireOpen();
      wakeUp.acquire();
    }
    requireOpen();
    observer.onNext(message);
  }

  private void requireOpen() {
    if (observer.isCancelled()) {
      throw new UnavailableException("The caller does not read the answer any more.", null);
    }
  }

  private void fail(Exception error) {
    if (observer.isCancelled()) {
      return;
    }
    observer.onError(FailedCall.statusOf(error));
  }
}
