package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestPostgres;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.PaymentOutcome;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import io.grpc.ManagedChannel;
import io.grpc.stub.AbstractStub;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.springframework.grpc.client.interceptor.security.BearerTokenAuthenticationInterceptor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances of the command side over a database of their own, and what tests do with them. */
final class RunningCommandSide implements AutoCloseable {
  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final String staff = SigningKeys.TRUSTED.token("admin", "staff");
  private final String alice = SigningKeys.TRUSTED.token("alice", "customer");
  private final String bob = SigningKeys.TRUSTED.token("bob", "customer");
  private final String service = SigningKeys.TRUSTED.token("saga", "service");
  private final List<Instance> instances = new ArrayList<>();
  private final ManagedChannel channel;

  private RunningCommandSide(int instances, String... settings) {
    for (var i = 0; i < instances; i++) {
      this.instances.add(Instance.start(database, settings));
    }
    channel = second().channel();
  }

  /** With instances that hear of each other's commits, and do not find them out by polling. */
  static RunningCommandSide withTwoInstances() {
    return new RunningCommandSide(
        2, "--orderflow.publication.fallback-poll=60s", Instance.PATIENT_WITH_OTHERS);
  }

  /** With two instances. */
  static RunningCommandSide withTwoInstances(String... settings) {
    return new RunningCommandSide(2, settings);
  }

  /** With one instance, first and second at once. */
  static RunningCommandSide withOneInstance(String... settings) {
    return new RunningCommandSide(1, settings);
  }

  Instance first() {
    return instances.getFirst();
  }

  Instance second() {
    return instances.getLast();
  }

  /** Starts a further instance, which remembers nothing yet. */
  Instance another(String... settings) {
    return Instance.start(database, settings);
  }

  TestPostgres.Database database() {
    return database;
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  String staff() {
    return staff;
  }

  String alice() {
    return alice;
  }

  String bob() {
    return bob;
  }

  String service() {
    return service;
  }

  /** A token of this issuer for anybody else. */
  String token(String subject, String scope) {
    return SigningKeys.TRUSTED.token(subject, scope);
  }

  /** A way to call the second instance over gRPC; it stays open as long as this. */
  ManagedChannel channel() {
    return channel;
  }

  /** A stub for the second instance that calls in the name of a token. */
  <S extends AbstractStub<S>> S grpc(Function<ManagedChannel, S> stub, String token) {
    return stub.apply(channel).withInterceptors(new BearerTokenAuthenticationInterceptor(token));
  }

  /** A new product, made on one instance and stocked on the other, for 50000 VND at version 1. */
  String product(int stock) {
    var id = "PROD-" + UUID.randomUUID();
    var created =
        first()
            .send(
                "POST",
                "/products",
                staff,
                """
                {"productId": "%s", "name": "Ấm / Kettle", "price": 50000, "currency": "VND"}\
                """
                    .formatted(id));
    assertThat(created.status()).isEqualTo(201);
    if (stock > 0) {
      assertThat(receive(second(), id, stock).status()).isEqualTo(200);
    }
    return id;
  }

  Instance.Answer receive(Instance instance, String product, int quantity) {
    return instance.send(
        "POST", "/inventory/" + product + "/receipts", staff, "{\"quantity\": " + quantity + "}");
  }

  Instance.Answer changePrice(Instance instance, String product, int price, String... headers) {
    return instance.send(
        "PUT", "/products/" + product + "/price", staff, "{\"price\": " + price + "}", headers);
  }

  Instance.Answer order(
      Instance instance,
      String token,
      String key,
      String product,
      int quantity,
      String price,
      int version) {
    return instance.send(
        "POST",
        "/orders",
        token,
        orderBody(key, product, Integer.toString(quantity), price, Integer.toString(version)));
  }

  /** The id of a new order of Alice's, of one piece at the price that a new product has. */
  String orderId(String product) {
    var placed = order(first(), alice, newKey("alice"), product, 1, "50000", 1);
    assertThat(placed.status()).isEqualTo(201);
    return placed.body().path("orderId").asString();
  }

  /** Records that an order of one piece, at the price that a new product has, is paid. */
  void pay(String orderId) {
    var payments = grpc(PaymentServiceGrpc::newBlockingStub, service);
    var payment =
        payments.requestPayment(
            RequestPaymentRequest.newBuilder()
                .setOrderId(orderId)
                .setAmount("50000")
                .setCurrency("VND")
                .build());
    var _ =
        payments.completePayment(
            CompletePaymentRequest.newBuilder()
                .setPaymentId(payment.getPaymentId())
                .setOrderId(orderId)
                .setOutcome(PaymentOutcome.PAYMENT_OUTCOME_SUCCESS)
                .build());
  }

  /**
   * The body of a request to place an order.
   *
   * @param key null for a request without one
   */
  static String orderBody(
      String key, String product, String quantity, String price, String version) {
    return """
    {%s "items": [{"productId": "%s", "quantity": %s, "expectedPrice": %s, "priceVersion": %s}],
     "paymentMethod": "pm_card_visa"}\
    """
        .formatted(
            key == null ? "" : "\"version\": \"" + key + "\",", product, quantity, price, version);
  }

  static String newKey(String user) {
    return user + "_20241201143022_" + UUID.randomUUID();
  }

  /** Available, reserved and sold pieces of a product. */
  List<Integer> levels(String product) {
    var body = second().send("GET", "/inventory/" + product, "", "").body();
    return List.of(
        body.path("available").asInt(), body.path("reserved").asInt(), body.path("sold").asInt());
  }

  long countEvents() {
    return count("SELECT count(*) FROM domain_event");
  }

  long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /** Changes rows behind the platform's back. */
  void update(String sql) {
    jdbc.sql(sql).update();
  }

  /** Makes the calls at the same moment. */
  static List<Instance.Answer> together(List<Callable<Instance.Answer>> calls) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Instance.Answer>();
      for (var future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    instances.reversed().forEach(Instance::close);
  }
}
