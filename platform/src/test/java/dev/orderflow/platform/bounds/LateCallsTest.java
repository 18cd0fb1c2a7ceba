package dev.orderflow.platform.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.grpc.LoopbackServer;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A request that does not arrive keeps neither its place nor its memory. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class LateCallsTest {
  private static final MethodDescriptor<GetProductRequest, Product> UNARY =
      ProductServiceGrpc.getGetProductMethod();
  private static final MethodDescriptor<GetProductRequest, Product> STREAM =
      UNARY.toBuilder()
          .setFullMethodName("test.Stream/Listen")
          .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
          .build();

  // The whole request arrives in this time, on a busy machine too.
  private final LateCalls late = new LateCalls(Duration.ofSeconds(2));
  private final CountDownLatch answering = new CountDownLatch(1);
  private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new LoopbackServer(
            builder -> builder.addService(slow()).addService(listening()).intercept(late));
  }

  @AfterEach
  void stop() {
    answering.countDown();
    server.close();
    late.close();
  }

  @Test
  void a_request_that_does_not_end_is_refused_and_what_has_arrived_is_worked_on_for_longer() {
    var whole = new Call(UNARY);
    whole.sends();
    whole.call.halfClose();
    var stream = new Call(STREAM);
    stream.sends();
    var empty = new Call(UNARY);
    var unfinished = new Call(UNARY);
    unfinished.sends();

    assertThat(unfinished.ending()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(empty.ending()).isEqualTo(Status.Code.INVALID_ARGUMENT);

    assertThat(whole.ending).isNotDone();
    assertThat(stream.ending).isNotDone();
    answering.countDown();
    assertThat(whole.ending()).isEqualTo(Status.Code.OK);
    stream.call.halfClose();
    assertThat(stream.ending()).isEqualTo(Status.Code.OK);
  }

  private final class Call extends ClientCall.Listener<Product> {
    private final CompletableFuture<Status.Code> ending = new CompletableFuture<>();
    private final ClientCall<GetProductRequest, Product> call;

    Call(MethodDescriptor<GetProductRequest, Product> method) {
      call = server.channel().newCall(method, CallOptions.DEFAULT);
      call.start(this, new Metadata());
      call.request(1);
    }

    void sends() {
      call.sendMessage(GetProductRequest.getDefaultInstance());
    }

    Status.Code ending() {
      return ending.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ending.complete(status.getCode());
    }
  }

  private ServerServiceDefinition slow() {
    return new ProductServiceGrpc.ProductServiceImplBase() {
      @Override
      public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
        try {
          answering.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        answer.onNext(Product.getDefaultInstance());
        answer.onCompleted();
      }
    }.bindService();
  }

  private static ServerServiceDefinition listening() {
    return ServerServiceDefinition.builder(
            ServiceDescriptor.newBuilder("test.Stream").addMethod(STREAM).build())
        .addMethod(
            ServerMethodDefinition.create(
                STREAM, ServerCalls.asyncClientStreamingCall(LateCallsTest::listen)))
        .build();
  }

  private static StreamObserver<GetProductRequest> listen(StreamObserver<Product> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(GetProductRequest request) {}

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {
        answer.onNext(Product.getDefaultInstance());
        answer.onCompleted();
      }
    };
  }
}
