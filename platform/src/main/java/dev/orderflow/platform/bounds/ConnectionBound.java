package dev.orderflow.platform.bounds;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.util.concurrent.Semaphore;

/** Closes gRPC connections that are too many. */
final class ConnectionBound extends ServerTransportFilter {
  private static final Attributes.Key<Boolean> COUNTED = Attributes.Key.create("counted");

  private final Semaphore places;

  ConnectionBound(int max) {
    this.places = new Semaphore(max);
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    if (!places.tryAcquire()) {
      throw Status.UNAVAILABLE.withDescription("too many connections").asRuntimeException();
    }
    return attributes.toBuilder().set(COUNTED, true).build();
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    if (attributes != null && Boolean.TRUE.equals(attributes.get(COUNTED))) {
      places.release();
    }
  }
}
