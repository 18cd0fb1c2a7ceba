package dev.orderflow.platform.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.grpc.LoopbackServer;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.ListProductsResponse;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** What a call has taken it gives back, however it ends. */
@Timeout(30)
class CallBoundsTest {
  private static final Product ANSWER = Product.newBuilder().setName("lamp").build();

  private final Bound calls = new Bound("calls", 10, 10);
  private final Bound lists = new Bound("lists", 10, 1);
  private final Bound answers = new Bound("bytes of answers", 1_000, 1_000);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CompletableFuture<Product> answer = new CompletableFuture<>();
  private final CompletableFuture<ListProductsResponse> page = new CompletableFuture<>();
  private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new LoopbackServer(builder ->
            builder
                .addService(new Products())
                .intercept(new CallBounds(calls, lists, answers))
                .intercept(new OfAlice()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_answer_that_comes_after_its_call_was_cancelled_takes_no_room() throws Exception {
    var call =
        ProductServiceGrpc.newFutureStub(server.channel())
            .getProduct(GetProductRequest.getDefaultInstance());
    asked.await();
    assertThat(calls.held()).isEqualTo(1);

    call.cancel(true);
    await().until(() -> calls.held() == 0);
    answer.complete(ANSWER);

    assertThat(answers.held()).isZero();
  }

  @Test
  void an_answer_that_was_read_has_given_its_room_back() {
    answer.complete(ANSWER);

    assertThat(
            ProductServiceGrpc.newBlockingStub(server.channel())
                .getProduct(GetProductRequest.getDefaultInstance()))
        .isEqualTo(ANSWER);

    await().until(() -> calls.held() == 0 && answers.held() == 0);
  }

  @Test
  void a_caller_with_all_its_lists_is_refused_another_and_no_other_call() throws Exception {
    var large = ListProductsRequest.getDefaultInstance();
    var first = ProductServiceGrpc.newFutureStub(server.channel()).listProducts(large);
    asked.await();

    var products = ProductServiceGrpc.newBlockingStub(server.channel());
    // What the refusal is for the caller is made outside of the bounds, which are alone here.
    assertThatThrownBy(() -> products.listProducts(large))
        .isInstanceOf(StatusRuntimeException.class);
    answer.complete(ANSWER);
    assertThat(products.getProduct(GetProductRequest.getDefaultInstance())).isEqualTo(ANSWER);

    page.complete(ListProductsResponse.getDefaultInstance());
    first.get();
    await().until(() -> lists.held() == 0);
    assertThat(products.listProducts(large)).isEqualTo(ListProductsResponse.getDefaultInstance());
  }

  private final class Products extends ProductServiceGrpc.ProductServiceImplBase {
    @Override
    public void getProduct(GetProductRequest request, StreamObserver<Product> observer) {
      UnaryCall.answerWhenDone(observer, () -> answer);
      asked.countDown();
    }

    @Override
    public void listProducts(
        ListProductsRequest request, StreamObserver<ListProductsResponse> observer) {
      UnaryCall.answerWhenDone(observer, () -> page);
      asked.countDown();
    }
  }

  private static final class OfAlice implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      var token = Jwt.withTokenValue("token").header("alg", "none").subject("alice").build();
      SecurityContextHolder.getContext().setAuthentication(new JwtAuthenticationToken(token));
      try {
        return next.startCall(call, headers);
      } finally {
        SecurityContextHolder.clearContext();
      }
    }
  }
}
