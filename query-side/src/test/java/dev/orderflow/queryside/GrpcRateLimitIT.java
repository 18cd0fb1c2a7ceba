package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.proto.catalog.v1.BatchGetProductsRequest;
import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** gRPC goes past the gateway; here this machine is a trusted proxy. */
@Timeout(120)
class GrpcRateLimitIT {
  private static final RunningQuerySide RUNNING =
      RunningQuerySide.shared()
          .another(
              "--orderflow.gateway.rate-limit.requests-per-second=1",
              "--orderflow.gateway.rate-limit.burst=3",
              "--orderflow.gateway.rate-limit.patience=2s",
              "--orderflow.gateway.trusted-proxies=127.0.0.0/8");
  private static final int MORE_THAN_ALLOWED = 20;

  private final AtomicInteger addresses = new AtomicInteger();

  @AfterAll
  static void stop() {
    RUNNING.close();
  }

  @Test
  void a_caller_that_asks_too_often_is_told_to_wait_and_others_are_not_affected() {
    var greedy = RUNNING.customer("greedy");

    var refusal = awaitRefusal(() -> as(greedy));

    assertFails(
        () -> {
          throw refusal;
        },
        Status.Code.RESOURCE_EXHAUSTED,
        "RATE_LIMITED");
    assertThat(StatusProto.fromThrowable(refusal).getDetailsList())
        .filteredOn(detail -> detail.is(RetryInfo.class))
        .extracting(GrpcRateLimitIT::delay)
        .containsExactly(1L);
    assertThatCode(() -> list(as(RUNNING.customer("modest")))).doesNotThrowAnyException();
  }

  @Test
  void who_has_no_token_has_an_account_per_address() {
    awaitRefusal(() -> from("198.51.100.1"));

    assertThatCode(() -> list(from("198.51.100.2"))).doesNotThrowAnyException();
  }

  @Test
  void what_a_client_put_there_before_the_proxy_did_is_not_believed() {
    awaitRefusal(() -> from("203.0.113." + addresses.incrementAndGet() + ", 198.51.100.3"));
  }

  @Test
  void our_own_services_and_health_checks_are_not_limited() {
    var service = SigningKeys.TRUSTED.token("saga", "service");
    var health = HealthGrpc.newBlockingStub(RUNNING.channel());

    for (var call = 0; call < MORE_THAN_ALLOWED; call++) {
      list(as(service));
      assertThat(health.check(HealthCheckRequest.getDefaultInstance())).isNotNull();
    }
  }

  @Test
  void what_the_platform_asks_itself_was_counted_where_it_came_in() {
    var platform = ProductServiceGrpc.newBlockingStub(RUNNING.channel());

    for (var call = 0; call < MORE_THAN_ALLOWED; call++) {
      list(platform);
      list(RunningQuerySide.as(RUNNING.customer("fresh"), platform));
    }
  }

  @Test
  void a_call_that_waits_for_its_account_does_not_hold_up_the_transport() {
    var none =
        from("198.51.100.4")
            .batchGetProducts(BatchGetProductsRequest.newBuilder().addProductIds("NONE-1").build());

    assertThat(none.getProductsList()).isEmpty();
    assertThat(RUNNING.callThreads().last().by()).matches(Thread::isVirtual);
  }

  @Test
  void while_redis_is_away_every_call_passes() {
    try (var instance =
        RunningQuerySide.shared()
            .another(
                "--orderflow.gateway.rate-limit.requests-per-second=1",
                "--spring.data.redis.url=redis://127.0.0.1:1")) {
      for (var call = 0; call < MORE_THAN_ALLOWED; call++) {
        list(ProductServiceGrpc.newBlockingStub(instance.channel()));
      }
    }
  }

  private static ProductServiceGrpc.ProductServiceBlockingStub as(String token) {
    return RunningQuerySide.as(token, from("198.51.100.9"));
  }

  private static ProductServiceGrpc.ProductServiceBlockingStub from(String forwardedFor) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER), forwardedFor);
    return ProductServiceGrpc.newBlockingStub(RUNNING.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static void list(ProductServiceGrpc.ProductServiceBlockingStub products) {
    assertThat(products.listProducts(ListProductsRequest.getDefaultInstance())).isNotNull();
  }

  private static StatusRuntimeException awaitRefusal(
      Supplier<ProductServiceGrpc.ProductServiceBlockingStub> caller) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              try {
                list(caller.get());
                return null;
              } catch (StatusRuntimeException e) {
                return e;
              }
            },
            refusal -> refusal != null);
  }

  private static long delay(Any detail) throws Exception {
    return detail.unpack(RetryInfo.class).getRetryDelay().getSeconds();
  }
}
