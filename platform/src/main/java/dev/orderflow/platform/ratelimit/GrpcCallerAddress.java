package dev.orderflow.platform.ratelimit;

import dev.orderflow.platform.security.Account;
import dev.orderflow.platform.security.Caller;
import io.grpc.Context;
import io.grpc.Contexts;
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

/** Knows where a gRPC call comes from, past the proxies that are trusted. */
public final class GrpcCallerAddress implements ServerInterceptor {
  private static final Context.Key<Optional<String>> ADDRESS =
      Context.keyWithDefault("caller-address", Optional.empty());
  private static final Metadata.Key<String> FORWARDED_FOR =
      Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER);

  private final TrustedProxies proxies;

  /** Believes these proxies. */
  public GrpcCallerAddress(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** That of the current call; empty when the call is the platform's own. */
  static Optional<String> current() {
    return ADDRESS.get();
  }

  /**
   * The account that a bound charges for the current call; empty for a call of the platform's own.
   */
  public static Optional<Account> account() {
    return Caller.ifKnown().map(Account::of).or(() -> current().map(Account::ofAddress));
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return Contexts.interceptCall(
        Context.current().withValue(ADDRESS, addressOf(call, headers)), call, headers, next);
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
