package dev.orderflow.platform.bounds;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/**
 * Refuses a gRPC message that comes in very small pieces. They are kept one by one until the
 * message is whole, and one of a single byte takes more than a hundred.
 */
final class SmallPieces extends ServerStreamTracer {
  /** Sixty times as many as the largest message needs. */
  private static final int MOST = 1_000;

  private int pieces;

  /** One for each call. */
  static final class Factory extends ServerStreamTracer.Factory {
    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
      return new SmallPieces();
    }
  }

  /** What it throws ends the call. */
  @Override
  public void inboundWireSize(long bytes) {
    pieces++;
    if (pieces > MOST) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("A message must come in at most %d frames".formatted(MOST))
          .asRuntimeException();
    }
  }

  @Override
  public void inboundMessageRead(int number, long wireSize, long size) {
    pieces = 0;
  }
}
