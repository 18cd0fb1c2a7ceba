package dev.orderflow.platform.bounds;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.net.InetSocketAddress;

/** Closes gRPC connections that are too many. */
final class ConnectionBound extends ServerTransportFilter {
  private static final Attributes.Key<Connections.Place> PLACE = Attributes.Key.create("place");

  private final Connections connections;

  ConnectionBound(Connections connections) {
    this.connections = connections;
  }

  /** What it throws closes the connection. */
  @Override
  public Attributes transportReady(Attributes attributes) {
    return attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress peer
        ? attributes.toBuilder().set(PLACE, connections.of(peer)).build()
        : attributes;
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    var place = attributes == null ? null : attributes.get(PLACE);
    if (place != null) {
      place.giveBack();
    }
  }
}
