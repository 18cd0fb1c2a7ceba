package dev.orderflow.platform.bounds;

import dev.orderflow.platform.ratelimit.GrpcCallerAddress;
import dev.orderflow.platform.security.Account;
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

  CallBounds(Bound calls) {
    this.calls = calls;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var caller = callerOf(call);
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

  private static Optional<String> callerOf(ServerCall<?, ?> call) {
    return call.getMethodDescriptor().getFullMethodName().equals(HEALTH_CHECK)
            || Caller.ifKnown().filter(caller -> caller.has(Scope.SERVICE)).isPresent()
        ? Optional.empty()
        : GrpcCallerAddress.account().map(Account::name);
  }
}
