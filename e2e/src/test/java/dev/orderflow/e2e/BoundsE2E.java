package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.Shop.ALICE;
import static dev.orderflow.e2e.shop.Shop.STAFF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.platform.Platform;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Shop;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What clients can do at once ends no process, with the heaps that the launcher gives, and a
 * customer is served meanwhile.
 */
@RunsOn(Setup.ONE_OF_EACH)
class BoundsE2E {
  private static final int LONG_DESCRIPTION = 3_900;

  private final Platform platform;
  private final Shop shop;
  private Map<String, Long> before;

  BoundsE2E(Platform platform) {
    this.platform = platform;
    shop = platform.shop();
  }

  @BeforeEach
  void look() {
    before = platform.cluster().pids();
  }

  @AfterEach
  void every_process_lives_and_all_is_as_before() {
    assertThat(shop.as(ALICE).get("/orders").status()).isEqualTo(200);
    assertThat(shop.anybody().get("/products?pageSize=5").status()).isEqualTo(200);
    assertThat(platform.cluster().pids()).isEqualTo(before);
  }

  @Test
  void a_burst_of_large_answers() throws Exception {
    for (var count = 0; count < 100; count++) {
      var product =
          Map.of(
              "name",
              "large",
              "description",
              "ệ".repeat(LONG_DESCRIPTION),
              "price",
              1,
              "currency",
              "VND");
      assertThat(shop.as(STAFF).post("/products", product).status()).isEqualTo(201);
    }

    var asking =
        IntStream.range(0, 1_000)
            .<Callable<String>>mapToObj(_ -> () -> statusOf("GET /products?pageSize=100"))
            .toList();
    try (var burst = Executors.newVirtualThreadPerTaskExecutor()) {
      var alice = burst.submit(() -> shop.as(ALICE).get("/orders").status());

      for (var answer : burst.invokeAll(asking)) {
        assertThat(answer.get()).isIn("200", "429", "503");
      }
      assertThat(alice.get()).isEqualTo(200);
    }
  }

  @Test
  void thousands_of_half_requests() throws IOException {
    var half = new ArrayList<Socket>();
    try {
      for (var count = 0; count < 2_500; count++) {
        half.add(sent("GET /products HTTP/1.1\r\nHos"));
      }

      assertThat(shop.as(ALICE).get("/orders").status()).isEqualTo(200);
    } finally {
      for (var socket : half) {
        socket.close();
      }
    }
  }

  private String statusOf(String request) throws IOException {
    try (var socket = sent(request + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n")) {
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }
  }

  private Socket sent(String bytes) throws IOException {
    var gateway = URI.create(platform.cluster().gateway().url());
    var socket = new Socket(gateway.getHost(), gateway.getPort());
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    return socket;
  }
}
