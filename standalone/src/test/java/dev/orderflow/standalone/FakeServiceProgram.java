package dev.orderflow.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands for every service of the platform: ready at once, and as gateway it takes products and
 * stock. Like a Spring Boot program it ends before it serves when it is run with {@code
 * -Dspring.context.exit}.
 */
public final class FakeServiceProgram {
  private static final Path PRODUCTS = Path.of("fake-products");
  private static final AtomicInteger GENERATION = new AtomicInteger(1);
  private static final Map<String, Integer> STOCK = new ConcurrentHashMap<>();

  /** From which addresses it was asked how it is. */
  private static final Set<String> ASKERS = ConcurrentHashMap.newKeySet();

  private FakeServiceProgram() {}

  public static void main(String[] arguments) throws IOException {
    if (System.getProperty("spring.context.exit") != null) {
      return;
    }
    var name = System.getenv("ORDERFLOW_IDENTITY_CLIENT_ID");
    if (name != null && name.equals(System.getenv("FAKE_SERVICE_FAILS"))) {
      throw new IllegalStateException("This service was told to fail");
    }
    var port = Integer.parseInt(System.getenv("SERVER_PORT"));
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    var managementPort = Integer.parseInt(System.getenv("MANAGEMENT_SERVER_PORT"));
    var management =
        managementPort == port
            ? server
            : HttpServer.create(new InetSocketAddress("127.0.0.1", managementPort), 0);
    management.createContext("/actuator/health/readiness", FakeServiceProgram::ok);
    management.createContext("/actuator/health/liveness", FakeServiceProgram::ok);
    server.createContext(
        "/environment", exchange -> answer(exchange, 200, System.getenv().toString()));
    server.createContext("/askers", exchange -> answer(exchange, 200, String.join(" ", ASKERS)));
    server.createContext(
        "/oauth2/token", exchange -> answer(exchange, 200, "{\"access_token\":\"t\"}"));
    server.createContext("/products", FakeServiceProgram::products);
    server.createContext("/inventory", FakeServiceProgram::inventory);
    server.createContext("/admin/projections", FakeServiceProgram::projections);
    server.start();
    if (management != server) {
      management.start();
    }
  }

  private static void ok(HttpExchange exchange) throws IOException {
    ASKERS.add(exchange.getRemoteAddress().getAddress().getHostAddress());
    answer(exchange, 200, "{\"status\":\"UP\"}");
  }

  private static void products(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var id = body.replaceAll("(?s).*\"productId\":\"([^\"]*)\".*", "$1");
      Files.createDirectories(PRODUCTS);
      var isNew = PRODUCTS.resolve(id).toFile().createNewFile();
      answer(exchange, isNew ? 201 : 409, isNew ? body : "{\"code\":\"PRODUCT_ALREADY_EXISTS\"}");
      return;
    }
    var product =
        "{\"productId\":\"%s\",\"price\":1000,\"priceVersion\":1,\"active\":true,\"available\":5}";
    answer(
        exchange,
        200,
        "{\"products\":["
            + String.join(",", ids().stream().limit(1).map(product::formatted).toList())
            + "]}");
  }

  private static List<String> ids() {
    var ids = PRODUCTS.toFile().list();
    return ids == null ? List.of() : List.of(ids);
  }

  /** A rebuild is done at once. */
  private static void projections(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      GENERATION.incrementAndGet();
      answer(exchange, 202, "{}");
      return;
    }
    answer(
        exchange,
        200,
        "{\"projections\":[{\"name\":\"product-view\",\"generation\":%d,\"lag\":0}]}"
            .formatted(GENERATION.get()));
  }

  private static void inventory(HttpExchange exchange) throws IOException {
    var id = exchange.getRequestURI().getPath().split("/")[2];
    if (exchange.getRequestMethod().equals("POST")) {
      STOCK.merge(id, 1, Integer::sum);
    }
    var available = STOCK.get(id);
    answer(
        exchange,
        available == null ? 404 : 200,
        "{\"available\":%d,\"reserved\":0,\"sold\":0}"
            .formatted(available == null ? 0 : available));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
