package dev.orderflow.platform.bounds;

import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.GrpcFailures;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Refuses gRPC calls that take too long to arrive: until it is whole, a request keeps its place and
 * its memory, and gRPC waits for the rest for as long as the client likes. Calls to which the
 * client goes on sending are let be.
 */
final class LateCalls implements ServerInterceptor, AutoCloseable {
  private static final int TICK_MILLIS = 100;
  private static final Failure LATE =
      Failure.invalid("request", "must arrive sooner; it takes too long");

  private final Timer timer =
      new HashedWheelTimer(
          new DefaultThreadFactory("late-calls", true), TICK_MILLIS, TimeUnit.MILLISECONDS);
  private final Duration arrival;

  /**
   * @param arrival how long a request may take to arrive, from its first frame
   */
  LateCalls(Duration arrival) {
    this.arrival = arrival;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var service = next.startCall(call, headers);
    return call.getMethodDescriptor().getType().clientSendsOneMessage()
        ? new Arriving<>(service, call)
        : service;
  }

  @Override
  public void close() {
    timer.stop();
  }

  /** Whichever is first, the end of the request or that of the time, locks the other one out. */
  private final class Arriving<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private final Timeout timeout;
    private boolean arriving = true;
    private boolean late;

    Arriving(ServerCall.Listener<Q> service, ServerCall<Q, ?> call) {
      super(service);
      this.call = call;
      this.timeout = timer.newTimeout(_ -> refuse(), arrival.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void refuse() {
      if (arriving) {
        late = true;
        end();
        var refusal = GrpcFailures.statusOf(LATE);
        call.close(refusal.getStatus(), Objects.requireNonNull(refusal.getTrailers()));
      }
    }

    private void end() {
      arriving = false;
      timeout.cancel();
    }

    @Override
    public synchronized void onMessage(Q message) {
      if (!late) {
        try {
          super.onMessage(message);
        } catch (RuntimeException e) {
          // The call is ended by what it is thrown to.
          end();
          throw e;
        }
      }
    }

    @Override
    public void onHalfClose() {
      if (hasArrived()) {
        super.onHalfClose();
      }
    }

    private synchronized boolean hasArrived() {
      end();
      return !late;
    }

    @Override
    public void onCancel() {
      hasArrived();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      hasArrived();
      super.onComplete();
    }
  }
}
