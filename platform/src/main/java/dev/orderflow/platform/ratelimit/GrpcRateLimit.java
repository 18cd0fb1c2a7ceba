package dev.orderflow.platform.ratelimit;

import dev.orderflow.platform.security.Caller;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Counts gRPC calls as the gateway counts requests. Health and reflection are free, and so is what
 * the platform asks itself: it was counted where it came in.
 */
final class GrpcRateLimit implements ServerInterceptor {
  private static final String INFRASTRUCTURE = "grpc.";

  private final RateLimit limit;

  GrpcRateLimit(RateLimit limit) {
    this.limit = limit;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!call.getMethodDescriptor().getFullMethodName().startsWith(INFRASTRUCTURE)) {
      GrpcCallerAddress.current().ifPresent(address -> limit.count(Caller.ifKnown(), address));
    }
    return next.startCall(call, headers);
  }
}
