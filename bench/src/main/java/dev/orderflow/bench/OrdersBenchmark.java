package dev.orderflow.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orders that one saga instance carries to the end (confirmed, and the stock committed), against
 * the rate at which the command side takes them, in one run: customers place orders as fast as they
 * are answered, and the event store says when each was placed and when its stock was committed.
 */
final class OrdersBenchmark implements AutoCloseable {
  private static final int CUSTOMERS = 16;
  private static final int PRODUCTS = 64;
  private static final int WARM_UP = 2_000;
  private static final int ORDERS = 1_500;
  private static final int ROUNDS = 3;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int UNAVAILABLE = 503;
  private static final Duration ENDED_WITHIN = Duration.ofMinutes(5);
  private static final double SECOND = 1e9;
  private static final double MILLI = 1e6;

  private final RunningPlatform platform;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Connection database;
  private final String customer;
  private final AtomicInteger unavailable = new AtomicInteger();
  private final List<JsonNode> products = new ArrayList<>();

  private OrdersBenchmark(RunningPlatform platform) throws Exception {
    this.platform = platform;
    database = platform.database();
    customer = token("alice");
    var staff = token("admin");
    for (var i = 0; i < PRODUCTS; i++) {
      var id = "BENCH-" + i;
      post(
          "/products",
          """
          {"productId": "%s", "name": "Kettle", "description": "", "price": 50000, "currency": "VND"}\
          """
              .formatted(id),
          staff);
      post("/inventory/" + id + "/receipts", "{\"quantity\": 1000000}", staff);
    }
    for (var i = 0; i < PRODUCTS; i++) {
      var path = "/products/BENCH-" + i;
      await().until(() -> get(path).path("available").asInt(0) > 0);
      products.add(get(path));
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
    http.close();
  }

  static List<Result> run() throws Exception {
    try (var platform = new RunningPlatform();
        var bench = new OrdersBenchmark(platform)) {
      var _ = bench.round(WARM_UP);
      var rounds = new ArrayList<Round>();
      bench.unavailable.set(0);
      var before = platform.processorNanos();
      for (var i = 0; i < ROUNDS; i++) {
        rounds.add(bench.round(ORDERS));
      }
      var after = platform.processorNanos();
      var orders = (double) ORDERS * ROUNDS;
      return List.of(
          Result.ratio(
              "orders per second that one saga instance carries to the end, of those that the command"
                  + " side takes meanwhile",
              1,
              new Figures(rounds.stream().map(Round::ratio).toList())),
          new Result(
              "the two rates",
              "none",
              "%s and %s per second"
                  .formatted(
                      spread(rounds.stream().map(Round::carried).toList()),
                      spread(rounds.stream().map(Round::placed).toList()))),
          new Result(
              "requests that were answered with 503 and sent again",
              "0",
              Integer.toString(bench.unavailable.get())),
          new Result(
              "processor time per order",
              "none",
              after.entrySet().stream()
                  .map(part ->
                      String.format(
                          Locale.ROOT,
                          "%s %.1f ms",
                          part.getKey(),
                          (part.getValue() - before.getOrDefault(part.getKey(), 0L))
                              / orders
                              / MILLI))
                  .collect(Collectors.joining(", "))));
    }
  }

  /**
   * What one round came to.
   *
   * @param placed orders placed per second, until the last was placed
   * @param carried orders carried to the end per second, from the first that was placed until the
   *     last came to its end
   */
  private record Round(double placed, double carried) {
    double ratio() {
      return carried / placed;
    }
  }

  private Round round(int orders) throws Exception {
    var begin = number("SELECT max(global_index) FROM command_side.domain_event");
    var next = new AtomicInteger();
    try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          customers.invokeAll(
              IntStream.range(0, CUSTOMERS)
                  .<Callable<Boolean>>mapToObj(_ ->
                      () -> {
                        for (var i = next.getAndIncrement();
                            i < orders;
                            i = next.getAndIncrement()) {
                          place(i);
                        }
                        return true;
                      })
                  .toList());
      for (var one : all) {
        succeeded(one);
      }
    }
    await()
        .atMost(ENDED_WITHIN)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> count("StockCommittedEvent", begin) == orders);
    if (count("OrderConfirmedEvent", begin) != orders) {
      throw new IllegalStateException("not every order is confirmed");
    }
    var first = nanos("min", "OrderPlacedEvent", begin);
    return new Round(
        orders * SECOND / (nanos("max", "OrderPlacedEvent", begin) - first),
        orders * SECOND / (nanos("max", "StockCommittedEvent", begin) - first));
  }

  private static void succeeded(Future<Boolean> customer) throws InterruptedException {
    try {
      customer.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("an order was not placed", failure.getCause());
    }
  }

  private void place(int number) throws IOException, InterruptedException {
    var product = products.get(number % PRODUCTS);
    post(
        "/orders",
        """
        {"version": "alice_20260102030405_%s", "paymentMethod": "pm_card_visa",
         "items": [{"productId": "%s", "quantity": 1, "expectedPrice": %s, "priceVersion": %s}]}\
        """
            .formatted(
                UUID.randomUUID(),
                product.path("productId").asString(),
                product.path("price"),
                product.path("priceVersion")),
        customer);
  }

  private String token(String user) throws IOException, InterruptedException {
    var basic = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8));
    var request =
        HttpRequest.newBuilder(URI.create(platform.gateway() + "/oauth2/token"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    return send(request).path("access_token").asString();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(platform.gateway() + path)).build(),
            BodyHandlers.ofString());
    return JsonMapper.shared().readTree(answer.body());
  }

  private void post(String path, String body, String token)
      throws IOException, InterruptedException {
    var _ =
        send(
            HttpRequest.newBuilder(URI.create(platform.commandSide() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
  }

  /** As a good client does: what is not available is asked for again. */
  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    var answer = http.send(request, BodyHandlers.ofString());
    while (answer.statusCode() == UNAVAILABLE) {
      unavailable.incrementAndGet();
      answer = http.send(request, BodyHandlers.ofString());
    }
    if (answer.statusCode() != OK && answer.statusCode() != CREATED) {
      throw new IllegalStateException(
          request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  private long count(String event, long after) throws SQLException {
    return number(
        "SELECT count(*) FROM command_side.domain_event WHERE global_index > %d AND payload_type LIKE '%%%s'"
            .formatted(after, event));
  }

  private long nanos(String which, String event, long after) throws SQLException {
    return number(
        """
        SELECT (1e9 * extract(epoch FROM %s(recorded_at::timestamptz)))::bigint
        FROM command_side.domain_event WHERE global_index > %d AND payload_type LIKE '%%%s'\
        """
            .formatted(which, after, event));
  }

  private long number(String query) throws SQLException {
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String spread(List<Double> rates) {
    var figures = new Figures(rates);
    return String.format(
        Locale.ROOT, "%.0f (%.0f to %.0f)", figures.median(), figures.min(), figures.max());
  }
}
