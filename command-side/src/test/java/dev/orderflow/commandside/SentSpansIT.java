package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the spans say that leave the process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SentSpansIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final AtomicReference<String> received = new AtomicReference<>("");
  private final HttpServer receiver = receiver();
  private final Instance instance =
      Instance.start(
          TestPostgres.newDatabase(),
          "--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
              + receiver.getAddress().getPort()
              + "/v1/traces",
          "--management.opentelemetry.tracing.export.schedule-delay=100ms");

  SentSpansIT() throws IOException {}

  @AfterAll
  void close() {
    instance.close();
    receiver.stop(0);
  }

  /** Texts stand in OTLP as they are. */
  private HttpServer receiver() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext(
        "/v1/traces",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.updateAndGet(before -> before + body);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void they_name_what_is_done_and_nothing_that_was_said() {
    received.set("");
    var id = "PROD-" + UUID.randomUUID();
    var staff = SigningKeys.TRUSTED.token("admin-who-is-nobody", "staff");
    var product = "{\"productId\": \"%s\", \"name\": \"%s\", \"price\": %s, \"currency\": \"VND\"}";
    for (var price : new String[] {"1", "-1"}) {
      instance.send(
          "POST",
          "/products?secret=query",
          staff,
          product.formatted(id, "Secret lamp", price),
          "traceparent",
          PARENT,
          "User-Agent",
          "secret-agent");
    }
    instance.send(
        "DELETE", "/customers/secret-bob/personal-data", staff, "", "traceparent", PARENT);

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(received.get())
                .contains("http post /products")
                .contains("http delete /customers/{userId}/personal-data")
                .contains("CreateProduct", "decide", "append", "publish ProductCreatedEvent")
                .contains("orderflow.key", "product-" + id)
                .contains("messaging.message.id", "messaging.destination.name", "products"));
    assertThat(received.get())
        .doesNotContainIgnoringCase("secret")
        .doesNotContain("admin-who-is-nobody", staff, "exception.message", "127.0.0.1");
  }

  @Test
  void the_first_lines_of_a_file_belong_to_the_trace_of_its_call() {
    received.set("");
    var id = "PROD-" + UUID.randomUUID();
    var lines =
        IntStream.rangeClosed(2, 150)
            .mapToObj(line -> "%s-%d,Lamp,1,VND".formatted(id, line))
            .collect(Collectors.joining("\n"));
    var answer =
        instance.send(
            "POST",
            "/products/import",
            SigningKeys.TRUSTED.token("admin", "staff"),
            "productId,name,price,currency\n" + lines,
            "Content-Type",
            "text/csv",
            "traceparent",
            PARENT);
    assertThat(answer.status()).isEqualTo(200);
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(received.get())
                .contains("http post /products/import", "CreateProduct")
                .contains("product-" + id + "-2", "product-" + id + "-100"));
    assertThat(received.get()).doesNotContain("product-" + id + "-101");
  }
}
