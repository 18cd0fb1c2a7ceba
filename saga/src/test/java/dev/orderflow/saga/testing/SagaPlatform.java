package dev.orderflow.saga.testing;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.testing.TestPostgres;
import dev.orderflow.saga.tasks.TaskHandler;
import dev.orderflow.saga.tasks.TaskHandlers;
import dev.orderflow.saga.tasks.TaskKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances of the service with everything that they need, and a look into what they did. */
public final class SagaPlatform implements AutoCloseable {
  private final AtomicInteger orders = new AtomicInteger();
  private final FakeTokenEndpoint tokens = new FakeTokenEndpoint();
  private final TestKafka kafka = TestKafka.start();
  private final EventPublisher events = new EventPublisher(kafka.bootstrapServers());
  private final FakeCommandSide commandSide = new FakeCommandSide(events);
  private final FakeCommandSideServer server = new FakeCommandSideServer(commandSide);
  private final Path mails;
  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final Map<String, Object> settings;
  private List<ConfigurableApplicationContext> instances;

  /**
   * Starts everything.
   *
   * @param count how many instances
   * @param mails where they keep the mails
   */
  public SagaPlatform(int count, Path mails) throws IOException {
    this(count, mails, Map.of());
  }

  /**
   * Starts everything.
   *
   * @param settings of the instances, beyond the usual ones
   */
  public SagaPlatform(int count, Path mails, Map<String, Object> settings) throws IOException {
    this.mails = mails;
    this.settings = Map.copyOf(settings);
    instances = start(count);
  }

  private List<ConfigurableApplicationContext> start(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number ->
            SagaInstance.start(
                number, database, kafka.bootstrapServers(), server, tokens, mails, settings))
        .toList();
  }

  /** Stops all instances and starts as many. */
  public void restart() {
    instances.forEach(ConfigurableApplicationContext::close);
    instances = start(instances.size());
  }

  /** Asks an instance, counted from 0, over REST; with the token of a scope, or without one. */
  public HttpResponse<String> ask(int instance, String method, String path, @Nullable String scope)
      throws IOException, InterruptedException {
    return ask(instance, method, path, scope, Duration.ofSeconds(30));
  }

  /** The same with JSON. */
  public HttpResponse<String> ask(
      int instance, String method, String path, String scope, String body)
      throws IOException, InterruptedException {
    return send(
        request(instance, path, scope)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  /**
   * Asks an instance, counted from 0, over REST; with the token of a scope, or without one.
   *
   * @param within the time in which it must answer
   */
  public HttpResponse<String> ask(
      int instance, String method, String path, @Nullable String scope, Duration within)
      throws IOException, InterruptedException {
    return send(
        request(instance, path, scope)
            .timeout(within)
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(int instance, String path, @Nullable String scope) {
    var port = instances.get(instance).getEnvironment().getProperty("local.server.port");
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return scope == null
        ? request
        : request.header("Authorization", "Bearer " + SigningKeys.TRUSTED.token(scope, scope));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Sends JSON to an instance, counted from 0, with the token of a scope. */
  public HttpResponse<String> post(int instance, String path, String json, String scope)
      throws IOException, InterruptedException {
    var port = instances.get(instance).getEnvironment().getProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + SigningKeys.TRUSTED.token(scope, scope));
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Publishes a record of this key that is no event. */
  public void publishUnreadable(EventTopic topic, OrderId key) {
    events.publishUnreadable(topic, key.value());
  }

  /** Publishes an event of this order that only a later release knows. */
  public void publishLater(OrderId order) {
    events.publishLater(order);
  }

  /** The kinds of tasks that the instances know, by their names. */
  public Map<String, Class<?>> taskKinds() {
    return instances.getFirst().getBeanProvider(TaskHandlers.class).stream()
        .flatMap(part -> part.handlers().stream())
        .map(TaskHandler::kind)
        .collect(toMap(TaskKind::name, TaskKind::type, (one, _) -> one));
  }

  /** The database of the instances. */
  public JdbcClient jdbc() {
    return instances.getFirst().getBean(JdbcClient.class);
  }

  /** What the instances call. */
  public FakeCommandSide commandSide() {
    return commandSide;
  }

  /** Where they call it. */
  public FakeCommandSideServer commandSideServer() {
    return server;
  }

  @Override
  public void close() throws IOException {
    instances.forEach(ConfigurableApplicationContext::close);
    server.close();
    events.close();
    tokens.close();
    kafka.close();
  }

  /** An order that is not known yet. */
  public OrderId newOrder() {
    return new OrderId("ORD-%04d".formatted(orders.incrementAndGet()));
  }

  /** Publishes that a new order was placed, by alice. */
  public OrderId place(String paymentMethod) {
    return place("alice", paymentMethod);
  }

  /** Publishes that a customer has placed a new order. */
  public OrderId place(String customer, String paymentMethod) {
    var order = newOrder();
    commandSide.publish(order, placed(order, customer, paymentMethod, Instant.now()));
    return order;
  }

  /** Places another order whose records come after those of this one. */
  public OrderId laterOrderOfTheSamePartition(OrderId order) {
    var partition = partition(order);
    while (true) {
      var candidate = newOrder();
      if (partition(candidate) == partition) {
        commandSide.publish(candidate, placed(candidate, "pm_card_visa", Instant.now()));
        return candidate;
      }
    }
  }

  private static int partition(OrderId order) {
    return BuiltInPartitioner.partitionForKey(
        order.value().getBytes(StandardCharsets.UTF_8), EventTopic.PARTITIONS);
  }

  /** Two lines of product A, which share one reservation, and one of product B. */
  public OrderPlacedEvent placed(OrderId order, String paymentMethod, Instant at) {
    return placed(order, "alice", paymentMethod, at);
  }

  private static OrderPlacedEvent placed(
      OrderId order, String customer, String paymentMethod, Instant at) {
    return new OrderPlacedEvent(
        order,
        new UserId(customer),
        List.of(item("A", 1), item("B", 2), item("A", 4)),
        new BigDecimal("350000"),
        Currency.getInstance("VND"),
        new IdempotencyKey(customer + "_20260102030405_1"),
        new PaymentMethod(paymentMethod),
        new RequestFingerprint("00"),
        at);
  }

  private static OrderItem item(String product, int quantity) {
    return new OrderItem(new ProductId(product), new Quantity(quantity), new BigDecimal("50000"));
  }

  /** The calls of one method for an order, in words. */
  public List<String> called(OrderId order, String method) {
    return commandSide.calls(order).stream()
        .filter(call -> call.method().equals(method))
        .map(Call::toString)
        .toList();
  }

  /** How many sagas the order has now: 0 or 1. */
  public long openSagas(OrderId order) {
    return jdbc()
        .sql("SELECT count(*) FROM open_order WHERE order_id = ?")
        .param(order.value())
        .query(Long.class)
        .single();
  }

  /** Where the saga of the order stands. */
  public String stage(OrderId order) {
    return jdbc()
        .sql("SELECT stage FROM open_order WHERE order_id = ?")
        .param(order.value())
        .query(String.class)
        .single();
  }

  /** The payment deadline of the order; empty when nothing waits for it. */
  public Optional<String> deadline(OrderId order) {
    return jdbc()
        .sql("SELECT deadline::text FROM order_saga WHERE order_id = ? AND deadline IS NOT NULL")
        .param(order.value())
        .query(String.class)
        .optional();
  }

  /** How many tasks of the order are not done. */
  public long tasks(OrderId order) {
    return jdbc()
        .sql("SELECT count(*) FROM open_task WHERE task_instance LIKE ?")
        .param("%" + order.value().substring("ORD-".length()) + "%")
        .query(Long.class)
        .single();
  }

  /** What the provider booked for the order; empty when nothing. */
  public String charges(OrderId order) {
    return jdbc()
        .sql("SELECT outcome FROM simulated_charge WHERE idempotency_key = ?")
        .param(order.value().replace("ORD-", "PAY-"))
        .query(String.class)
        .list()
        .stream()
        .collect(joining());
  }

  /** How many refunds the provider booked for the order. */
  public long refunds(OrderId order) {
    return jdbc()
        .sql("SELECT count(*) FROM simulated_refund WHERE charge_key = ? AND idempotency_key = ?")
        .params(
            order.value().replace("ORD-", "PAY-"),
            order.value().replace("ORD-", "PAY-") + "-refund")
        .query(Long.class)
        .single();
  }

  /** How many notifications count as sent for the order. */
  public long sentNotifications(OrderId order) {
    return jdbc()
        .sql("SELECT count(*) FROM sent_notification WHERE order_id = ?")
        .param(order.value())
        .query(Long.class)
        .single();
  }

  /** The kinds of the mails about the order. */
  public String mails(OrderId order) throws IOException {
    try (var files = Files.list(mails)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(order.value()) && name.endsWith(".eml"))
          .map(name -> name.substring(order.value().length() + 1, name.length() - 4))
          .sorted()
          .collect(joining(", "));
    }
  }
}
