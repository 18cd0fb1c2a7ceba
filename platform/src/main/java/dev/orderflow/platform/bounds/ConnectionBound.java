package dev.orderflow.platform.bounds;

import dev.orderflow.platform.security.Account;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.net.InetSocketAddress;

/**
 * Closes gRPC connections that are too many. One address has half of them at most: a share that
 * leaves room for others, and is enough for the proxy or the machine that all callers come from.
 */
final class ConnectionBound extends ServerTransportFilter {
  private static final Attributes.Key<String> HOLDER = Attributes.Key.create("holder");

  private final Bound connections;

  ConnectionBound(int max) {
    this.connections = new Bound("connections", max, Math.ceilDiv(max, 2));
  }

  /** What it throws closes the connection. */
  @Override
  public Attributes transportReady(Attributes attributes) {
    var holder = holderOf(attributes);
    connections.take(holder, 1);
    return attributes.toBuilder().set(HOLDER, holder).build();
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    var holder = attributes == null ? null : attributes.get(HOLDER);
    if (holder != null) {
      connections.giveBack(holder, 1);
    }
  }

  private static String holderOf(Attributes attributes) {
    return attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress peer
        ? Account.ofAddress(peer.getAddress().getHostAddress()).name()
        : "local";
  }
}
