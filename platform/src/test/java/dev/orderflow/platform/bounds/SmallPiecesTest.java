package dev.orderflow.platform.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The size of a message bounds its memory only if it does not come byte by byte. */
@Timeout(30)
class SmallPiecesTest {
  private static final int USUAL_WINDOW = 64 * 1024;

  private Server server;

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void a_message_in_very_small_pieces_is_refused() throws IOException {
    // A client sends as much at once as the server says that it may.
    start(8);

    assertThat(send(20_000)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void a_large_message_in_pieces_of_the_usual_size_is_taken() throws IOException {
    start(USUAL_WINDOW);

    assertThat(send(2_000_000)).isEqualTo(Status.Code.NOT_FOUND);
  }

  private void start(int window) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .flowControlWindow(window)
            .addStreamTracerFactory(new SmallPieces.Factory())
            .addService(new Nothing())
            .build()
            .start();
  }

  private Status.Code send(int characters) {
    var channel =
        NettyChannelBuilder.forAddress(new InetSocketAddress("127.0.0.1", server.getPort()))
            .usePlaintext()
            .build();
    try {
      var request = GetProductRequest.newBuilder().setProductId("x".repeat(characters)).build();
      return catchThrowableOfType(
              StatusRuntimeException.class,
              () -> ProductServiceGrpc.newBlockingStub(channel).getProduct(request))
          .getStatus()
          .getCode();
    } finally {
      channel.shutdownNow();
    }
  }

  private static final class Nothing extends ProductServiceGrpc.ProductServiceImplBase {
    @Override
    public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
      answer.onError(Status.NOT_FOUND.asException());
    }
  }
}
