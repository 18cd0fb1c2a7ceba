package dev.orderflow.bench.orders;

import static org.awaitility.Awaitility.await;

import dev.orderflow.bench.measurement.GatewayConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Products with much stock, and the requests of a customer who wants them. */
final class OrderRequests {
  private static final int PRODUCTS = 64;
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int FORBIDDEN = 403;

  private final String gateway;
  private final String customer;
  private final String staff;
  private final List<JsonNode> products = new ArrayList<>();

  /** Opens it. */
  OrderRequests(String gateway) throws IOException {
    this.gateway = gateway;
    try (var connection = new GatewayConnection(gateway)) {
      customer = connection.token("alice");
      staff = connection.token("admin");
      for (var i = 0; i <= PRODUCTS; i++) {
        var id = "BENCH-" + i;
        send(
            connection,
            "POST",
            "/products",
            staff + JSON,
            """
            {"productId": "%s", "name": "Kettle", "description": "", "price": 50000, "currency": "VND"}\
            """
                .formatted(id));
        send(
            connection,
            "POST",
            "/inventory/" + id + "/receipts",
            staff + JSON,
            "{\"quantity\": 1000000}");
      }
      for (var i = 0; i <= PRODUCTS; i++) {
        var path = "/products/BENCH-" + i;
        await()
            .ignoreExceptions()
            .until(() -> send(connection, "GET", path, "", "").path("available").asInt(0) > 0);
        products.add(send(connection, "GET", path, "", ""));
      }
    }
  }

  private static JsonNode send(
      GatewayConnection connection, String method, String path, String headers, String body)
      throws IOException {
    var answer = connection.send(method, path, headers, body);
    if (answer.status() != OK && answer.status() != CREATED) {
      throw new IOException(path + " answered " + answer.status() + ": " + answer.body());
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  /** Its address. */
  String gateway() {
    return gateway;
  }

  /** An order of this many products, one piece of each, others than those of the order before. */
  Request order(int number, int lines) {
    return order(
        IntStream.range(0, lines).map(line -> (number * lines + line) % PRODUCTS).boxed().toList());
  }

  /** An order of the one hot product. */
  Request orderOfTheHotProduct() {
    return order(List.of(PRODUCTS));
  }

  private Request order(List<Integer> wanted) {
    var items =
        wanted.stream()
            .map(products::get)
            .map(product ->
                """
                {"productId": "%s", "quantity": 1, "expectedPrice": %s, "priceVersion": %s}\
                """
                    .formatted(
                        product.path("productId").asString(),
                        product.path("price"),
                        product.path("priceVersion")))
            .collect(Collectors.joining(","));
    return new Request(
        "/orders",
        customer + JSON,
        """
        {"version": "alice_20260102030405_%s", "paymentMethod": "pm_card_visa", "items": [%s]}\
        """
            .formatted(UUID.randomUUID(), items),
        Set.of(CREATED, OK));
  }

  /** Has one placed; returns its id. */
  String place(GatewayConnection connection, int number) throws IOException {
    var order = order(number, 1);
    return send(connection, "POST", order.path(), order.headers(), order.body())
        .path("orderId")
        .asString();
  }

  /** Returns when an order can be read. */
  void awaitShown(GatewayConnection connection, String orderId) {
    await().until(() -> connection.send("GET", "/orders/" + orderId, customer, "").status() == OK);
  }

  /** Cancels an order. */
  void cancel(GatewayConnection connection, String orderId) throws IOException {
    var answer = connection.send("POST", "/orders/" + orderId + "/cancel", customer + JSON, "{}");
    if (answer.status() != ACCEPTED) {
      throw new IOException("a cancellation was answered with " + answer.status());
    }
  }

  /** For the tail of all events, as the console reads it; it has no end. */
  HttpRequest eventTail() {
    return HttpRequest.newBuilder(URI.create(gateway + "/admin/events"))
        .header("Authorization", staff.strip().substring("Authorization: ".length()))
        .build();
  }

  /** The staff's token, as the line of a header. */
  String staff() {
    return staff;
  }

  /** The customer's token, as the line of a header. */
  String customer() {
    return customer;
  }

  /**
   * A request that the command side refuses before it does anything, and the gateway does not:
   * staff may not cancel for customers. One that is invalid, 400, would cost two connections as
   * well, which Tomcat closes then.
   */
  Request nothing() {
    return new Request("/orders/ORD-0/cancel", staff + JSON, "{}", Set.of(FORBIDDEN));
  }

  /**
   * A {@code POST}.
   *
   * @param headers lines, each with its end
   * @param expected the statuses that it should be answered with: 201, and 200 when it has been
   *     taken before and the customer was not told
   */
  record Request(String path, String headers, String body, Set<Integer> expected) {}
}
