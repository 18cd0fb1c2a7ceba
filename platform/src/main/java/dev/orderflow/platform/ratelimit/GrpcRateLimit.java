package dev.orderflow.platform.ratelimit;

import dev.orderflow.platform.security.Caller;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Counts gRPC calls as the gateway counts requests. Health and reflection are free, and so is what
 * the platform asks itself: it was counted where it came in.
 */
final class GrpcRateLimit implements ServerInterceptor {
  private static final Metadata.Key<String> FORWARDED_FOR =
      Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER);
  private static final String INFRASTRUCTURE = "grpc.";

  private final RateLimit limit;
  private final TrustedProxies proxies;

  GrpcRateLimit(RateLimit limit, TrustedProxies proxies) {
    this.limit = limit;
    this.proxies = proxies;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!call.getMethodDescriptor().getFullMethodName().startsWith(INFRASTRUCTURE)) {
      addressOf(call, headers).ifPresent(address -> limit.count(Caller.ifKnown(), address));
    }
    return next.startCall(call, headers);
  }

  private Optional<String> addressOf(ServerCall<?, ?> call, Metadata headers) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress peer
        ? proxies.clientOf(peer.getAddress().getHostAddress(), forwardedFor(headers))
        : Optional.empty();
  }

  private static List<String> forwardedFor(Metadata headers) {
    var addresses = new ArrayList<String>();
    var values = headers.getAll(FORWARDED_FOR);
    if (values != null) {
      values.forEach(value -> addresses.addAll(Arrays.asList(value.split(","))));
    }
    return addresses.stream().map(String::strip).toList();
  }
}
