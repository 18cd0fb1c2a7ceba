package dev.orderflow.platform.bounds;

import dev.orderflow.platform.ratelimit.GrpcAddresses;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;

/**
 * Gives each gRPC call its place among those that are worked on, or refuses it at once. The
 * platform's services are not counted: they bound what they ask themselves. Nor are health checks.
 */
final class CallBounds implements ServerInterceptor {
  private static final String HEALTH_CHECK = "grpc.health.v1.Health/Check";

  private final Bound calls;
  private final GrpcAddresses addresses;

  CallBounds(Bound calls, GrpcAddresses addresses) {
    this.calls = calls;
    this.addresses = addresses;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var caller = callerOf(call, headers);
    if (caller.isEmpty()) {
      return next.startCall(call, headers);
    }
    var account = caller.get();
    calls.take(account, 1);
    try {
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        public void onComplete() {
          calls.giveBack(account, 1);
          super.onComplete();
        }

        @Override
        public void onCancel() {
          calls.giveBack(account, 1);
          super.onCancel();
        }
      };
    } catch (RuntimeException e) {
      calls.giveBack(account, 1);
      throw e;
    }
  }

  private Optional<String> callerOf(ServerCall<?, ?> call, Metadata headers) {
    if (call.getMethodDescriptor().getFullMethodName().equals(HEALTH_CHECK)) {
      return Optional.empty();
    }
    var known = Caller.ifKnown();
    return known.isEmpty()
        ? addresses.of(call, headers).map(address -> "address:" + address)
        : known
            .filter(caller -> !caller.has(Scope.SERVICE))
            .map(caller -> "subject:" + caller.userId().value());
  }
}
