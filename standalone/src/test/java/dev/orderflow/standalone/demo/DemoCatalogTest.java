package dev.orderflow.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.standalone.client.GatewayClient;
import dev.orderflow.standalone.process.Poll;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DemoCatalogTest {
  private static final List<DemoProduct> PRODUCTS =
      List.of(
          new DemoProduct("PROD-A", "a / a", "a / a", 100_000, 10),
          new DemoProduct("PROD-B", "b / b", "b / b", 200_000, 20));

  private final Poll poll = new Poll();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> products = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> received = new ConcurrentHashMap<>();
  private final Set<String> unavailableOnce = ConcurrentHashMap.newKeySet();
  private HttpServer server;
  private DemoCatalog catalog;

  @BeforeEach
  void open_a_shop() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/products", this::products);
    server.createContext("/inventory", this::inventory);
    server.start();
    var url = "http://127.0.0.1:" + server.getAddress().getPort();
    catalog = new DemoCatalog(new GatewayClient(url, http), poll);
  }

  @AfterEach
  void close_the_shop() {
    server.stop(0);
    http.close();
    poll.close();
  }

  @Test
  void products_and_their_stock_are_brought_in() {
    load();

    assertThat(products).containsExactlyInAnyOrder("PROD-A", "PROD-B");
    assertThat(received).containsOnly(Map.entry("PROD-A", 10), Map.entry("PROD-B", 20));
  }

  @Test
  void an_interrupted_load_is_completed_and_nothing_is_received_twice() {
    products.add("PROD-A");
    products.add("PROD-B");
    received.put("PROD-A", 10);

    load();

    assertThat(received).containsOnly(Map.entry("PROD-A", 10), Map.entry("PROD-B", 20));
  }

  @Test
  void a_platform_that_is_not_available_yet_is_asked_again() {
    unavailableOnce.addAll(
        Set.of("POST /products", "GET /inventory/PROD-A", "POST /inventory/PROD-B/receipts"));

    load();

    assertThat(unavailableOnce).isEmpty();
    assertThat(received).containsOnly(Map.entry("PROD-A", 10), Map.entry("PROD-B", 20));
  }

  @Test
  void a_refusal_is_told_with_the_remedy() {
    var unknown = List.of(new DemoProduct("REFUSED", "x / x", "x / x", 1, 1));

    assertThatThrownBy(() -> catalog.load(unknown, "token").join())
        .hasCauseInstanceOf(StartFailedException.class)
        .hasMessageContaining("REFUSED")
        .hasMessageContaining("400")
        .hasMessageContaining("--no-demo-data");
  }

  private void load() {
    catalog.load(PRODUCTS, "token").join();
  }

  private void products(HttpExchange exchange) throws IOException {
    if (isUnavailable(exchange)) {
      return;
    }
    var id = JsonMapper.shared().readTree(exchange.getRequestBody()).get("productId").asString();
    if (id.equals("REFUSED")) {
      answer(exchange, 400, "{\"code\":\"VALIDATION_FAILED\"}");
    } else if (products.add(id)) {
      answer(exchange, 201, "{}");
    } else {
      answer(exchange, 409, "{\"code\":\"PRODUCT_ALREADY_EXISTS\"}");
    }
  }

  private void inventory(HttpExchange exchange) throws IOException {
    if (isUnavailable(exchange)) {
      return;
    }
    var id = exchange.getRequestURI().getPath().split("/")[2];
    if (exchange.getRequestMethod().equals("POST")) {
      var body = JsonMapper.shared().readTree(exchange.getRequestBody());
      received.merge(id, body.get("quantity").asInt(), Integer::sum);
    }
    var available = received.getOrDefault(id, 0);
    answer(exchange, 200, "{\"available\":%d,\"reserved\":0,\"sold\":0}".formatted(available));
  }

  private boolean isUnavailable(HttpExchange exchange) throws IOException {
    var request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    var unavailable = unavailableOnce.remove(request);
    if (unavailable) {
      answer(exchange, 503, "{\"code\":\"UNAVAILABLE\"}");
    }
    return unavailable;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
