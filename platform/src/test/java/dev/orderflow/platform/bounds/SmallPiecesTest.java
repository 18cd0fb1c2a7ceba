package dev.orderflow.platform.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.platform.grpc.LoopbackServer;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The size of a message bounds its memory only if it does not come byte by byte. */
@Timeout(30)
class SmallPiecesTest {
  private static final int USUAL_WINDOW = 64 * 1024;

  @Test
  void a_message_in_very_small_pieces_is_refused() throws IOException {
    // A client sends as much at once as the server says that it may.
    assertThat(send(20_000, 8)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void a_large_message_in_pieces_of_the_usual_size_is_taken() throws IOException {
    assertThat(send(2_000_000, USUAL_WINDOW)).isEqualTo(Status.Code.NOT_FOUND);
  }

  private static Status.Code send(int characters, int window) throws IOException {
    try (var server =
        new LoopbackServer(builder ->
            builder
                .flowControlWindow(window)
                .addStreamTracerFactory(new SmallPieces.Factory())
                .addService(new Nothing()))) {
      var request = GetProductRequest.newBuilder().setProductId("x".repeat(characters)).build();
      return catchThrowableOfType(
              StatusRuntimeException.class,
              () -> ProductServiceGrpc.newBlockingStub(server.channel()).getProduct(request))
          .getStatus()
          .getCode();
    }
  }

  private static final class Nothing extends ProductServiceGrpc.ProductServiceImplBase {
    @Override
    public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
      answer.onError(Status.NOT_FOUND.asException());
    }
  }
}
