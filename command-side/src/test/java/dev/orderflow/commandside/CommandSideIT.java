package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.testing.TestPostgres;
import dev.orderflow.proto.ordering.v1.ConfirmOrderRequest;
import dev.orderflow.proto.ordering.v1.GetOrderRequest;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.grpc.client.interceptor.security.BearerTokenAuthenticationInterceptor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two instances of the command side on one database, from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandSideIT {
  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final TestTokens tokens = new TestTokens();
  private final String staff = tokens.token("admin", "staff");
  private final String alice = tokens.token("alice", "customer");
  private final String bob = tokens.token("bob", "customer");
  private final String service = tokens.token("saga", "service");
  private Instance first;
  private Instance second;

  @BeforeAll
  void two_instances(@TempDir Path directory) throws Exception {
    var publicKey = tokens.publicKey(directory);
    first = Instance.start(database, publicKey, "--orderflow.publication.fallback-poll=60s");
    second = Instance.start(database, publicKey, "--orderflow.publication.fallback-poll=60s");
  }

  @AfterAll
  void stop() {
    second.close();
    first.close();
  }

  @Test
  void an_order_is_placed_and_holds_its_stock() {
    var product = product(10);

    var answer = order(first, alice, newKey("alice"), product, 3, "50000", 1);

    assertThat(answer.status()).isEqualTo(201);
    var orderId = answer.body().path("orderId").asString();
    assertThat(answer.raw().headers().firstValue("Location")).hasValue("/orders/" + orderId);
    assertThat(answer.body().path("status").asString()).isEqualTo("PENDING");
    assertThat(answer.body().path("totalAmount").decimalValue()).isEqualByComparingTo("150000");
    assertThat(levels(product)).containsExactly(7, 3, 0);
  }

  @Test
  void the_same_key_again_answers_with_the_same_order_on_any_instance() {
    var product = product(10);
    var key = newKey("alice");
    var placed = order(first, alice, key, product, 1, "50000", 1);

    var again = order(second, alice, key, product, 1, "50000", 1);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(again.body().path("orderId")).isEqualTo(placed.body().path("orderId"));
    assertThat(levels(product)).containsExactly(9, 1, 0);
  }

  @Test
  void the_same_key_for_another_request_is_refused() {
    var product = product(10);
    var key = newKey("alice");
    order(first, alice, key, product, 1, "50000", 1);

    var other = order(second, alice, key, product, 2, "50000", 1);

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(levels(product)).containsExactly(9, 1, 0);
  }

  @Test
  void twins_on_two_instances_become_one_order() throws Exception {
    var product = product(1_000);
    for (var round = 0; round < 20; round++) {
      var key = newKey("alice");
      var answers =
          together(
              List.of(
                  () -> order(first, alice, key, product, 1, "50000", 1),
                  () -> order(second, alice, key, product, 1, "50000", 1),
                  () -> order(first, alice, key, product, 1, "50000", 1),
                  () -> order(second, alice, key, product, 1, "50000", 1)));
      assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 201);
      assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
      assertThat(answers.stream().map(answer -> answer.body().path("orderId")).distinct())
          .hasSize(1);
    }
    assertThat(levels(product)).containsExactly(980, 20, 0);
  }

  @Test
  void twins_with_contact_data_become_one_order_too() throws Exception {
    var product = product(1_000);
    for (var round = 0; round < 10; round++) {
      var body =
          orderBody(newKey("alice"), product, "1", "50000", "1")
              .replaceFirst("\\{", "{\"contact\": {\"email\": \"alice@example.org\"},");
      var answers =
          together(
              List.of(
                  () -> first.send("POST", "/orders", alice, body),
                  () -> second.send("POST", "/orders", alice, body)));
      assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 201);
    }
  }

  @Test
  void one_product_id_is_created_once_on_two_instances() throws Exception {
    for (var round = 0; round < 10; round++) {
      var id = "PROD-" + UUID.randomUUID();
      var body =
          """
          {"productId": "%s", "name": "Lamp", "price": 1, "currency": "VND"}\
          """
              .formatted(id);
      var created =
          together(
              List.of(
                  () -> first.send("POST", "/products", staff, body),
                  () -> second.send("POST", "/products", staff, body)));
      assertThat(created.stream().map(Instance.Answer::status).sorted()).containsExactly(201, 409);
      var received = together(List.of(() -> receive(first, id), () -> receive(second, id)));
      assertThat(received).allMatch(answer -> answer.status() == 200);
      assertThat(levels(id)).containsExactly(2, 0, 0);
    }
  }

  private Instance.Answer receive(Instance instance, String product) {
    return instance.send("POST", "/inventory/" + product + "/receipts", staff, "{\"quantity\": 1}");
  }

  @Test
  void two_instances_never_sell_more_than_there_is() throws Exception {
    var product = product(25);
    var attempts = new ArrayList<Callable<Instance.Answer>>();
    for (var i = 0; i < 60; i++) {
      var instance = i % 2 == 0 ? first : second;
      attempts.add(() -> order(instance, alice, newKey("alice"), product, 1, "50000", 1));
    }

    var answers = together(attempts);

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(25);
    assertThat(answers.stream().filter(answer -> answer.status() != 201))
        .allMatch(answer -> answer.code().equals("INSUFFICIENT_STOCK"));
    assertThat(levels(product)).containsExactly(0, 25, 0);
  }

  @Test
  void a_rejected_order_leaves_no_trace_and_its_key_works_again() {
    var product = product(1);
    var key = newKey("alice");

    var rejected = order(first, alice, key, product, 2, "50000", 1);

    assertThat(rejected.status()).isEqualTo(409);
    assertThat(rejected.code()).isEqualTo("INSUFFICIENT_STOCK");
    assertThat(rejected.body().path("shortages").get(0).path("available").asInt()).isEqualTo(1);
    assertThat(levels(product)).containsExactly(1, 0, 0);
    assertThat(order(second, alice, key, product, 1, "50000", 1).status()).isEqualTo(201);
  }

  @Test
  void a_price_that_another_instance_has_changed_is_stale_at_once() {
    var product = product(5);
    order(first, alice, newKey("alice"), product, 1, "50000", 1);
    assertThat(
            second
                .send("PUT", "/products/" + product + "/price", staff, "{\"price\": 60000}")
                .status())
        .isEqualTo(200);

    var stale = order(first, alice, newKey("alice"), product, 1, "50000", 1);

    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.code()).isEqualTo("PRICE_CHANGED");
    var change = stale.body().path("changes").get(0);
    assertThat(change.path("currentPrice").decimalValue()).isEqualByComparingTo("60000");
    assertThat(change.path("currentVersion").asInt()).isEqualTo(2);
    assertThat(order(first, alice, newKey("alice"), product, 1, "60000", 2).status())
        .isEqualTo(201);
  }

  @Test
  void bad_input_is_answered_as_documented_and_changes_nothing() {
    var product = product(5);
    var events = countEvents();

    assertRefused(orderBody(null, product, "1", "50000", "1"), 400, "MISSING_IDEMPOTENCY_KEY");
    assertRefused(
        orderBody("nonsense", product, "1", "50000", "1"), 400, "INVALID_IDEMPOTENCY_KEY");
    assertRefused(
        orderBody("alice_20241399143022_x", product, "1", "50000", "1"),
        400,
        "INVALID_IDEMPOTENCY_KEY");
    assertRefused(
        orderBody(newKey("bob"), product, "1", "50000", "1"), 400, "INVALID_IDEMPOTENCY_KEY");
    for (var quantity : List.of("0", "-1", "1.5", "999999999999", "null", "\"x\"", "1e99")) {
      assertRefused(
          orderBody(newKey("alice"), product, quantity, "50000", "1"), 400, "VALIDATION_FAILED");
    }
    for (var price :
        List.of("0", "-1", "null", "1e999999999", "1e2147483647", "1e-999999999", "\"x\"")) {
      assertRefused(orderBody(newKey("alice"), product, "1", price, "1"), 400, "VALIDATION_FAILED");
    }
    assertRefused(orderBody(newKey("alice"), product, "1", "50000", "0"), 400, "VALIDATION_FAILED");
    assertRefused(orderBody(newKey("alice"), "PROD-NONE", "1", "1", "1"), 422, "PRODUCT_NOT_FOUND");
    assertRefused(
        "{\"version\": \"" + newKey("alice") + "\", \"items\": []}", 400, "VALIDATION_FAILED");
    assertRefused("{broken", 400, "VALIDATION_FAILED");
    assertRefused("", 400, "VALIDATION_FAILED");
    assertRefused("[]", 400, "VALIDATION_FAILED");

    assertThat(countEvents()).isEqualTo(events);
    assertThat(levels(product)).containsExactly(5, 0, 0);
  }

  @Test
  void a_violation_names_the_field_and_the_remedy() {
    var answer =
        first.send(
            "POST", "/orders", alice, orderBody(newKey("alice"), product(1), "0", "50000", "1"));

    var violation = answer.body().path("violations").get(0);
    assertThat(violation.path("field").asString()).isEqualTo("items[0].quantity");
    assertThat(violation.path("message").asString()).isEqualTo("must be between 1 and 1000000");
    assertThat(answer.raw().headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
  }

  @Test
  void tokens_decide_who_may_do_what() {
    var product = product(5);
    var body = orderBody(newKey("alice"), product, "1", "50000", "1");

    assertThat(first.send("POST", "/orders", "", body).code()).isEqualTo("UNAUTHENTICATED");
    assertThat(first.send("POST", "/orders", "forged", body).status()).isEqualTo(401);
    assertThat(
            first.send("POST", "/orders", new TestTokens().token("alice", "customer"), body).code())
        .isEqualTo("UNAUTHENTICATED");
    assertThat(first.send("POST", "/orders", staff, body).code()).isEqualTo("FORBIDDEN");
    assertThat(first.send("POST", "/products", alice, "{}").code()).isEqualTo("FORBIDDEN");
    assertThat(first.send("POST", "/inventory/" + product + "/receipts", alice, "{}").code())
        .isEqualTo("FORBIDDEN");
    assertThat(levels(product)).containsExactly(5, 0, 0);
  }

  @Test
  void a_customer_cancels_only_their_own_orders() {
    var product = product(5);
    var orderId =
        order(first, alice, newKey("alice"), product, 1, "50000", 1)
            .body()
            .path("orderId")
            .asString();
    var path = "/orders/" + orderId + "/cancel";

    assertThat(second.send("POST", path, bob, "").code()).isEqualTo("ORDER_NOT_FOUND");
    var cancelled = second.send("POST", path, alice, "");
    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(cancelled.body().path("status").asString()).isEqualTo("CANCELLED");
    assertThat(cancelled.body().path("cancelReason").asString()).isEqualTo("CUSTOMER_REQUEST");
  }

  @Test
  void contact_data_is_kept_beside_the_events_and_can_be_erased() {
    var product = product(5);
    var key = newKey("alice");
    var email = "alice-" + UUID.randomUUID() + "@example.org";
    var body =
        orderBody(key, product, "1", "50000", "1")
            .replaceFirst(
                "\\{",
                "{\"contact\": {\"name\": \"Alice\", \"email\": \"%s\", \"address\": \"here\"}, \"locale\": \"vi\","
                    .formatted(email));
    assertThat(first.send("POST", "/orders", alice, body).status()).isEqualTo(201);

    assertThat(count("SELECT count(*) FROM order_contact WHERE email = '" + email + "'")).isOne();
    assertThat(
            count(
                "SELECT count(*) FROM event_log WHERE payload::text LIKE '%"
                    + email
                    + "%' OR metadata::text LIKE '%"
                    + email
                    + "%'"))
        .isZero();
    assertThat(first.send("DELETE", "/customers/alice/personal-data", bob, "").code())
        .isEqualTo("FORBIDDEN");
    assertThat(first.send("DELETE", "/customers/alice/personal-data", alice, "").status())
        .isEqualTo(204);
    assertThat(count("SELECT count(*) FROM order_contact WHERE user_id = 'alice'")).isZero();
  }

  @Test
  void committed_events_reach_kafka_at_once_from_any_instance_as_documented() {
    var product = product(5);
    var orderId =
        order(second, alice, newKey("alice"), product, 2, "50000", 1)
            .body()
            .path("orderId")
            .asString();
    order(first, alice, newKey("alice"), product, 1, "50000", 1);

    var record =
        records(EventTopic.ORDERS).stream()
            .filter(r -> r.key().equals(orderId))
            .findFirst()
            .orElseThrow();

    assertThat(record.value())
        .contains("\"orderId\":\"" + orderId + "\"")
        .contains("\"price\":50000.0")
        .contains("\"totalAmount\":100000.0")
        .contains("\"currency\":\"VND\"")
        .contains("\"userId\":\"alice\"");
    assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
    assertThat(header(record, "ce_type")).isEqualTo("dev.orderflow.ordering.OrderPlacedEvent");
    assertThat(header(record, "ce_subject")).isEqualTo(orderId);
    assertThat(header(record, "ce_sequence")).isEqualTo("0");
    assertThat(header(record, "ce_dataversion")).isEqualTo("1");
    var reserved =
        records(EventTopic.INVENTORY).stream()
            .filter(r -> r.key().equals(product) && r.value().contains(orderId))
            .findFirst()
            .orElseThrow();
    assertThat(header(reserved, "ce_type")).isEqualTo("dev.orderflow.inventory.StockReservedEvent");
  }

  @Test
  void services_confirm_orders_over_grpc_and_customers_do_not() {
    var product = product(5);
    var orderId =
        order(first, alice, newKey("alice"), product, 1, "50000", 1)
            .body()
            .path("orderId")
            .asString();
    var channel = second.channel();
    try {
      var orders = OrderServiceGrpc.newBlockingStub(channel);
      var request = ConfirmOrderRequest.newBuilder().setOrderId(orderId).build();

      var confirmed =
          orders
              .withInterceptors(new BearerTokenAuthenticationInterceptor(service))
              .confirmOrder(request);
      assertThat(confirmed.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
      assertFails(Status.Code.UNAUTHENTICATED, () -> orders.confirmOrder(request));
      assertFails(
          Status.Code.PERMISSION_DENIED,
          () ->
              orders
                  .withInterceptors(new BearerTokenAuthenticationInterceptor(alice))
                  .confirmOrder(request));
      assertFails(
          Status.Code.NOT_FOUND,
          () ->
              orders
                  .withInterceptors(new BearerTokenAuthenticationInterceptor(bob))
                  .getOrder(GetOrderRequest.newBuilder().setOrderId(orderId).build()));
      assertThat(second.send("POST", "/orders/" + orderId + "/cancel", alice, "").code())
          .isEqualTo("ORDER_NOT_CANCELLABLE");
    } finally {
      channel.shutdownNow();
    }
  }

  private static void assertFails(Status.Code code, Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(code);
      assertThat(StatusProto.fromThrowable(e).getDetailsList())
          .anyMatch(detail -> detail.getTypeUrl().endsWith("google.rpc.ErrorInfo"));
      return;
    }
    throw new AssertionError("the call must fail with " + code);
  }

  private void assertRefused(String body, int status, String code) {
    var answer = first.send("POST", "/orders", alice, body);
    assertThat(answer.code()).as(body + " -> " + answer.body()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  private String product(int stock) {
    var id = "PROD-" + UUID.randomUUID();
    var created =
        first.send(
            "POST",
            "/products",
            staff,
            """
            {"productId": "%s", "name": "Ấm / Kettle", "price": 50000, "currency": "VND"}\
            """
                .formatted(id));
    assertThat(created.status()).isEqualTo(201);
    assertThat(
            second
                .send(
                    "POST",
                    "/inventory/" + id + "/receipts",
                    staff,
                    "{\"quantity\": " + stock + "}")
                .status())
        .isEqualTo(200);
    return id;
  }

  private static Instance.Answer order(
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

  private static String orderBody(
      String key, String product, String quantity, String price, String version) {
    return """
    {%s "items": [{"productId": "%s", "quantity": %s, "expectedPrice": %s, "priceVersion": %s}],
     "paymentMethod": "pm_card_visa"}\
    """
        .formatted(
            key == null ? "" : "\"version\": \"" + key + "\",", product, quantity, price, version);
  }

  private static String newKey(String user) {
    return user + "_20241201143022_" + UUID.randomUUID();
  }

  private List<Integer> levels(String product) {
    var body = second.send("GET", "/inventory/" + product, "", "").body();
    return List.of(
        body.path("available").asInt(), body.path("reserved").asInt(), body.path("sold").asInt());
  }

  private long countEvents() {
    return count("SELECT count(*) FROM domain_event");
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  private static List<Instance.Answer> together(List<Callable<Instance.Answer>> calls)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Instance.Answer>();
      for (var future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    }
  }

  /** All records of a topic, once it holds every event of its kind that is in the event store. */
  private List<ConsumerRecord<String, String>> records(EventTopic topic) {
    var context = topic == EventTopic.ORDERS ? "ordering" : "inventory";
    var expected =
        count(
            "SELECT count(*) FROM domain_event WHERE payload_type LIKE 'dev.orderflow.api."
                + context
                + ".%'");
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", TestKafka.bootstrapServers(),
                "group.id", UUID.randomUUID().toString(),
                "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(topic.topicName()));
      var records = new ArrayList<ConsumerRecord<String, String>>();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return records.size() >= expected;
          });
      return records;
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
