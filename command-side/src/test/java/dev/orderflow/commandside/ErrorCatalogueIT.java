package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.proto.catalog.v1.CatalogCommandServiceGrpc;
import dev.orderflow.proto.catalog.v1.CatalogCommandServiceGrpc.CatalogCommandServiceBlockingStub;
import dev.orderflow.proto.catalog.v1.ChangePriceRequest;
import dev.orderflow.proto.catalog.v1.CreateProductRequest;
import dev.orderflow.proto.ordering.v1.CancelOrderRequest;
import dev.orderflow.proto.ordering.v1.ConfirmOrderRequest;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import dev.orderflow.proto.ordering.v1.PlaceOrderItem;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import dev.orderflow.proto.payment.v1.GetPaymentRequest;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import dev.orderflow.proto.payment.v1.RequestRefundRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every error code, provoked on both surfaces, with the details that belong to it. */
@ExtendWith(SharedCommandSide.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorCatalogueIT {
  private static final String UNKNOWN = "PROD-UNKNOWN";

  private final RunningCommandSide commandSide;

  /** A command side of its own, for what must not happen to the others. */
  private final RunningCommandSide broken = RunningCommandSide.withOneInstance();

  /** A command side where every command is one too many. */
  private final RunningCommandSide busy =
      RunningCommandSide.withOneInstance("--orderflow.commands.max-in-flight=0");

  ErrorCatalogueIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @AfterEach
  void mend() {
    allowConnections(true);
    // Its pool pauses ever longer before it tries again.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> broken.first().send("GET", "/inventory/" + UNKNOWN, "", "").status() == 404);
  }

  @AfterAll
  void close() {
    busy.close();
    broken.close();
  }

  /**
   * The same failure on both surfaces.
   *
   * @param rest fails with the HTTP status
   * @param grpc fails with the gRPC status
   */
  record Provocation(
      int httpStatus, Supplier<Instance.Answer> rest, Status.Code grpcCode, Runnable grpc) {}

  @ParameterizedTest
  @EnumSource( // Only services confirm and refund.
      names = {"ORDER_NOT_PAID", "ORDER_NOT_CANCELLED"},
      mode = EnumSource.Mode.EXCLUDE)
  void rest_answers_with_a_problem(ErrorCode code) {
    var provocation = provocation(code);

    var answer = provocation.rest().get();

    assertThat(answer.code()).as(answer.body().toString()).isEqualTo(code.name());
    assertThat(answer.status()).isEqualTo(provocation.httpStatus());
    assertThat(answer.raw().headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
    assertThat(answer.body().path("status").asInt()).isEqualTo(provocation.httpStatus());
    assertThat(answer.body().path("instance").asString())
        .isEqualTo(
            // What is too long is not read to its end.
            code == ErrorCode.URI_TOO_LONG ? "/" : answer.raw().request().uri().getPath());
    for (var field : new String[] {"type", "title", "detail"}) {
      assertThat(answer.body().path(field).asString()).as(field).isNotBlank();
    }
    assertThat(answer.body().path("violations").isEmpty())
        .isEqualTo(provocation.grpcCode() != Status.Code.INVALID_ARGUMENT);
    assertThat(answer.body().path("changes").isEmpty()).isEqualTo(code != ErrorCode.PRICE_CHANGED);
    assertThat(answer.body().path("shortages").isEmpty())
        .isEqualTo(code != ErrorCode.INSUFFICIENT_STOCK);
    assertThat(answer.raw().headers().firstValue("Retry-After").isPresent())
        .isEqualTo(isWorthAnotherTry(code));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "METHOD_NOT_ALLOWED",
        "NOT_ACCEPTABLE",
        "CONTENT_TOO_LARGE",
        "URI_TOO_LONG",
        "UNSUPPORTED_MEDIA_TYPE",
        "HEADERS_TOO_LARGE"
      },
      mode = EnumSource.Mode.EXCLUDE) // They are about HTTP.
  void grpc_answers_with_a_status_and_its_details(ErrorCode code) throws Exception {
    var provocation = provocation(code);

    var failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> provocation.grpc().run());

    assertThat(failure).isNotNull();
    assertThat(failure.getStatus().getCode()).isEqualTo(provocation.grpcCode());
    assertThat(failure.getStatus().getDescription()).isNotBlank();
    var info = detail(failure, ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo(code.name());
    assertThat(info.getDomain()).isEqualTo("orderflow.dev");
    switch (provocation.grpcCode()) {
      case INVALID_ARGUMENT ->
          assertThat(detail(failure, BadRequest.class).getFieldViolationsList())
              .isNotEmpty()
              .allMatch(v -> !v.getField().isEmpty() && !v.getDescription().isEmpty());
      case FAILED_PRECONDITION ->
          assertThat(detail(failure, PreconditionFailure.class).getViolationsList())
              .isNotEmpty()
              .allMatch(v -> v.getType().equals(code.name()) && !v.getDescription().isEmpty());
      default -> {}
    }
    if (isWorthAnotherTry(code)) {
      assertThat(detail(failure, RetryInfo.class).getRetryDelay().getSeconds()).isPositive();
    }
  }

  private static boolean isWorthAnotherTry(ErrorCode code) {
    return code == ErrorCode.RATE_LIMITED || code == ErrorCode.UNAVAILABLE;
  }

  private static <T extends Message> T detail(StatusRuntimeException failure, Class<T> type)
      throws Exception {
    for (var detail : StatusProto.fromThrowable(failure).getDetailsList()) {
      if (detail.is(type)) {
        return detail.unpack(type);
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + failure);
  }

  private Provocation provocation(ErrorCode code) {
    return switch (code) {
      case MISSING_IDEMPOTENCY_KEY ->
          order(
              400,
              Status.Code.INVALID_ARGUMENT,
              commandSide.alice(),
              null,
              commandSide.product(1),
              1,
              "50000");
      case INVALID_IDEMPOTENCY_KEY ->
          order(
              400,
              Status.Code.INVALID_ARGUMENT,
              commandSide.alice(),
              "x",
              commandSide.product(1),
              1,
              "50000");
      case VALIDATION_FAILED ->
          order(
              400,
              Status.Code.INVALID_ARGUMENT,
              commandSide.alice(),
              key(),
              commandSide.product(1),
              0,
              "50000");
      case UNAUTHENTICATED ->
          order(
              401,
              Status.Code.UNAUTHENTICATED,
              "forged",
              key(),
              commandSide.product(1),
              1,
              "50000");
      case FORBIDDEN ->
          order(
              403,
              Status.Code.PERMISSION_DENIED,
              commandSide.staff(),
              key(),
              commandSide.product(1),
              1,
              "50000");
      case PRODUCT_NOT_FOUND ->
          new Provocation(
              404,
              () -> commandSide.changePrice(commandSide.first(), UNKNOWN, 1),
              Status.Code.NOT_FOUND,
              () ->
                  catalog()
                      .changePrice(
                          ChangePriceRequest.newBuilder()
                              .setProductId(UNKNOWN)
                              .setPrice("1")
                              .build()));
      case ORDER_NOT_FOUND -> cancellation(404, Status.Code.NOT_FOUND, commandSide, "ORD-unknown");
      case NOT_FOUND ->
          new Provocation(
              404,
              () -> commandSide.first().send("GET", "/nowhere", commandSide.alice(), ""),
              Status.Code.NOT_FOUND,
              () ->
                  commandSide
                      .grpc(PaymentServiceGrpc::newBlockingStub, commandSide.service())
                      .getPayment(GetPaymentRequest.newBuilder().setPaymentId("PAY-1").build()));
      case PRICE_CHANGED ->
          order(
              409,
              Status.Code.FAILED_PRECONDITION,
              commandSide.alice(),
              key(),
              commandSide.product(1),
              1,
              "1");
      case INSUFFICIENT_STOCK ->
          order(
              409,
              Status.Code.FAILED_PRECONDITION,
              commandSide.alice(),
              key(),
              commandSide.product(1),
              2,
              "50000");
      case PRODUCT_INACTIVE ->
          order(
              409,
              Status.Code.FAILED_PRECONDITION,
              commandSide.alice(),
              key(),
              inactive(),
              1,
              "50000");
      case PRODUCT_ALREADY_EXISTS -> {
        var product = commandSide.product(0);
        yield new Provocation(
            409,
            () ->
                commandSide
                    .first()
                    .send(
                        "POST",
                        "/products",
                        commandSide.staff(),
                        """
                        {"productId": "%s", "name": "Lamp", "price": 1, "currency": "VND"}\
                        """
                            .formatted(product)),
            Status.Code.ALREADY_EXISTS,
            () ->
                catalog()
                    .createProduct(
                        CreateProductRequest.newBuilder()
                            .setProductId(product)
                            .setName("Lamp")
                            .setPrice("1")
                            .setCurrency("VND")
                            .build()));
      }
      case ORDER_NOT_CANCELLABLE ->
          cancellation(409, Status.Code.FAILED_PRECONDITION, commandSide, confirmedOrder());
      case ORDER_NOT_PAID -> {
        var order = commandSide.orderId(commandSide.product(1));
        yield new Provocation(
            409,
            () -> {
              throw new AssertionError("not over REST");
            },
            Status.Code.FAILED_PRECONDITION,
            () -> confirm(order));
      }
      case ORDER_NOT_CANCELLED -> {
        var order = confirmedOrder();
        yield new Provocation(
            409,
            () -> {
              throw new AssertionError("not over REST");
            },
            Status.Code.FAILED_PRECONDITION,
            () -> refund(order));
      }
      case PRECONDITION_FAILED -> {
        var product = commandSide.product(0);
        yield new Provocation(
            412,
            () -> commandSide.changePrice(commandSide.first(), product, 1, "If-Match", "\"9\""),
            Status.Code.ABORTED,
            () ->
                catalog()
                    .changePrice(
                        ChangePriceRequest.newBuilder()
                            .setProductId(product)
                            .setPrice("1")
                            .setIfPriceVersion(9)
                            .build()));
      }
      case METHOD_NOT_ALLOWED -> overHttp(405, "PATCH", "/orders", "");
      case NOT_ACCEPTABLE -> overHttp(406, "GET", stock(), "", "Accept", "text/html");
      case CONTENT_TOO_LARGE ->
          overHttp(
              413,
              "POST",
              "/orders",
              "a=" + "x".repeat(3_000_000),
              "Content-Type",
              "application/x-www-form-urlencoded");
      case URI_TOO_LONG -> overHttp(414, "GET", "/inventory/" + "x".repeat(20_000), "");
      case UNSUPPORTED_MEDIA_TYPE ->
          overHttp(415, "POST", "/orders", "<order/>", "Content-Type", "application/xml");
      case HEADERS_TOO_LARGE ->
          overHttp(431, "GET", stock(), "", "Accept-Language", "x".repeat(20_000));
      case IDEMPOTENCY_KEY_REUSED -> {
        var product = commandSide.product(5);
        var key = key();
        commandSide.order(commandSide.first(), commandSide.alice(), key, product, 1, "50000", 1);
        yield order(422, Status.Code.ALREADY_EXISTS, commandSide.alice(), key, product, 2, "50000");
      }
      case RATE_LIMITED ->
          order(429, Status.Code.RESOURCE_EXHAUSTED, busy, busy.alice(), key(), UNKNOWN, 1, "1");
      case INTERNAL -> cancellation(500, Status.Code.INTERNAL, broken, orderThatCannotBeRead());
      case UNAVAILABLE -> {
        var order = broken.orderId(broken.product(1));
        allowConnections(false);
        yield cancellation(503, Status.Code.UNAVAILABLE, broken, order);
      }
    };
  }

  private Provocation order(
      int httpStatus,
      Status.Code grpcCode,
      String token,
      String key,
      String product,
      int quantity,
      String price) {
    return order(httpStatus, grpcCode, commandSide, token, key, product, quantity, price);
  }

  private static Provocation order(
      int httpStatus,
      Status.Code grpcCode,
      RunningCommandSide where,
      String token,
      String key,
      String product,
      int quantity,
      String price) {
    var request =
        PlaceOrderRequest.newBuilder()
            .setVersion(key == null ? "" : key)
            .addItems(
                PlaceOrderItem.newBuilder()
                    .setProductId(product)
                    .setQuantity(quantity)
                    .setExpectedPrice(price)
                    .setPriceVersion(1))
            .setPaymentMethod("pm_card_visa")
            .build();
    return new Provocation(
        httpStatus,
        () -> where.order(where.first(), token, key, product, quantity, price, 1),
        grpcCode,
        () -> orders(where, token).placeOrder(request));
  }

  private Provocation overHttp(
      int httpStatus, String method, String path, String body, String... headers) {
    return new Provocation(
        httpStatus,
        () -> commandSide.first().send(method, path, commandSide.alice(), body, headers),
        Status.Code.UNKNOWN,
        () -> {
          throw new AssertionError("not over gRPC");
        });
  }

  private String stock() {
    return "/inventory/" + commandSide.product(0);
  }

  private static Provocation cancellation(
      int httpStatus, Status.Code grpcCode, RunningCommandSide where, String order) {
    return new Provocation(
        httpStatus,
        () -> where.first().send("POST", "/orders/" + order + "/cancel", where.alice(), ""),
        grpcCode,
        () ->
            orders(where, where.alice())
                .cancelOrder(CancelOrderRequest.newBuilder().setOrderId(order).build()));
  }

  private static String key() {
    return RunningCommandSide.newKey("alice");
  }

  private String inactive() {
    var product = commandSide.product(1);
    commandSide
        .first()
        .send("POST", "/products/" + product + "/deactivate", commandSide.staff(), "");
    return product;
  }

  private String confirmedOrder() {
    var order = commandSide.orderId(commandSide.product(1));
    commandSide.pay(order);
    confirm(order);
    return order;
  }

  private void confirm(String order) {
    var _ =
        orders(commandSide, commandSide.service())
            .confirmOrder(ConfirmOrderRequest.newBuilder().setOrderId(order).build());
  }

  private void refund(String order) {
    var _ =
        commandSide
            .grpc(PaymentServiceGrpc::newBlockingStub, commandSide.service())
            .requestRefund(
                RequestRefundRequest.newBuilder()
                    .setPaymentId(order.replace("ORD-", "PAY-"))
                    .build());
  }

  /** An event that cannot be read, as if a bug of ours had written it. */
  private String orderThatCannotBeRead() {
    var order = broken.orderId(broken.product(1));
    broken
        .jdbc()
        .sql(
            """
            INSERT INTO domain_event (event_id, aggregate_id, sequence_number, type, payload_type,
                payload_revision, payload, metadata, recorded_at)
            SELECT gen_random_uuid()::text, aggregate_id, sequence_number + 1, type, payload_type,
                payload_revision, 'nonsense', metadata, recorded_at
            FROM domain_event WHERE aggregate_id = 'order-' || ?\
            """)
        .param(order)
        .update();
    return order;
  }

  /** Whether the broken one's database can be reached. */
  private void allowConnections(boolean allowed) {
    var name = broken.database().name();
    commandSide.jdbc().sql("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed).update();
    if (!allowed) {
      commandSide
          .jdbc()
          .sql(
              """
              SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = ? AND backend_type = 'client backend'\
              """)
          .param(name)
          .query(Boolean.class)
          .list();
    }
  }

  private CatalogCommandServiceBlockingStub catalog() {
    return commandSide.grpc(CatalogCommandServiceGrpc::newBlockingStub, commandSide.staff());
  }

  private static OrderServiceBlockingStub orders(RunningCommandSide where, String token) {
    return where.grpc(OrderServiceGrpc::newBlockingStub, token);
  }
}
