package dev.orderflow.queryside.testing;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.server.GlobalServerInterceptor;

/**
 * Sees on which threads gRPC calls are handled and answered. Only an application to which it is
 * named gets it: scanning does not find it.
 */
public class CallThreads {
  private volatile @Nullable Handled last;

  /**
   * A call that was answered.
   *
   * @param by the thread that began to handle it
   * @param answeredBy the thread that sent the answer
   */
  public record Handled(Thread by, Thread answeredBy) {
    /** Whether this is a thread that moves bytes for many connections. */
    public static boolean isTransport(Thread thread) {
      return !thread.isVirtual() && thread.getName().startsWith("grpc");
    }
  }

  /** The call that was answered last. */
  public Handled last() {
    return Objects.requireNonNull(last);
  }

  @Bean
  @GlobalServerInterceptor
  ServerInterceptor threadsOfCalls() {
    return new ServerInterceptor() {
      @Override
      public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
          ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        var watched = new Watched<>(call);
        return new SimpleForwardingServerCallListener<>(next.startCall(watched, headers)) {
          @Override
          public void onHalfClose() {
            watched.by = Thread.currentThread();
            super.onHalfClose();
          }
        };
      }
    };
  }

  private final class Watched<ReqT, RespT> extends SimpleForwardingServerCall<ReqT, RespT> {
    private volatile Thread by = Thread.currentThread();

    Watched(ServerCall<ReqT, RespT> call) {
      super(call);
    }

    @Override
    public void sendMessage(RespT message) {
      last = new Handled(by, Thread.currentThread());
      super.sendMessage(message);
    }
  }
}
