package dev.orderflow.platform.ratelimit;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where gRPC calls come from, also through proxies. */
public final class GrpcAddresses {
  private static final Metadata.Key<String> FORWARDED_FOR =
      Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER);

  private final TrustedProxies proxies;

  /**
   * @param trustedProxies whose word counts, CIDR
   */
  public GrpcAddresses(List<String> trustedProxies) {
    this.proxies = new TrustedProxies(trustedProxies);
  }

  /** The client's address; empty when the call is the platform's own. */
  public Optional<String> of(ServerCall<?, ?> call, Metadata headers) {
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
