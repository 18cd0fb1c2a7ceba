package dev.orderflow.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.WatchProductRequest;
import dev.orderflow.proto.catalog.v1.WatchProductResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerStreamTest {
  private static final int MESSAGES = 1_000;
  private static final WatchProductResponse LARGE =
      WatchProductResponse.newBuilder()
          .setProduct(Product.newBuilder().setNameBytes(ByteString.copyFrom(new byte[10_000])))
          .build();

  private final CompletableFuture<Thread> sender = new CompletableFuture<>();
  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private final AtomicInteger count = new AtomicInteger();
  private ServerStream.Opening<WatchProductResponse> opening = stream -> () -> send(stream);
  private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LoopbackServer(builder -> builder.addService(new Service()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_sender_waits_for_a_slow_reader_and_goes_on_when_it_reads() {
    var reader = watch();
    reader.next();
    awaitWaiting();
    assertThat(count.get()).isLessThan(MESSAGES);

    reader.forEachRemaining(_ -> {});

    assertThat(sent).succeedsWithin(Duration.ofSeconds(10));
    assertThat(count).hasValue(MESSAGES);
  }

  @Test
  void a_sender_that_waits_for_room_hears_that_the_reader_is_gone() {
    try (var call = Context.current().withCancellation()) {
      call.run(() -> watch().next());
      awaitWaiting();
    }

    assertThat(sent)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(UnavailableException.class);
  }

  @Test
  void a_sender_that_has_nothing_to_send_hears_that_the_reader_is_gone() {
    var gone = new CountDownLatch(1);
    opening =
        stream -> {
          stream.whenGone(gone::countDown);
          return () -> {
            stream.send(LARGE);
            gone.await();
            sent.complete(null);
          };
        };

    try (var call = Context.current().withCancellation()) {
      call.run(() -> watch().next());
    }

    assertThat(sent).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void what_the_opening_throws_is_what_the_call_fails_with() {
    opening =
        _ -> {
          throw new OverloadedException("Too many.");
        };

    assertThatThrownBy(() -> watch().next())
        .extracting(error -> Status.fromThrowable(error).getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  private void send(ServerStream<WatchProductResponse> stream) throws Exception {
    sender.complete(Thread.currentThread());
    try {
      for (var i = 0; i < MESSAGES; i++) {
        stream.send(LARGE);
        count.incrementAndGet();
      }
      sent.complete(null);
    } catch (Exception e) {
      sent.completeExceptionally(e);
      throw e;
    }
  }

  private void awaitWaiting() {
    await().until(() -> sender.join().getState() == Thread.State.WAITING);
  }

  private Iterator<WatchProductResponse> watch() {
    return ProductServiceGrpc.newBlockingStub(server.channel())
        .watchProduct(WatchProductRequest.getDefaultInstance());
  }

  private final class Service extends ProductServiceGrpc.ProductServiceImplBase {
    @Override
    public void watchProduct(
        WatchProductRequest request, StreamObserver<WatchProductResponse> answer) {
      ServerStream.answer(answer, opening);
    }
  }
}
