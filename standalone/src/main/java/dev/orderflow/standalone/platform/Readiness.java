package dev.orderflow.standalone.platform;

import dev.orderflow.standalone.client.GatewayClient;
import dev.orderflow.standalone.demo.DemoCatalog;
import dev.orderflow.standalone.demo.DemoProduct;
import dev.orderflow.standalone.demo.Example;
import dev.orderflow.standalone.process.Poll;
import dev.orderflow.standalone.process.StartFailedException;
import dev.orderflow.standalone.service.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The last steps of a start, when all processes are ready: the demo catalog, and a call from
 * outside.
 */
final class Readiness {
  private static final Duration TRY_EVERY = Duration.ofMillis(50);
  private static final Duration OPEN_WITHIN = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final GatewayClient gateway;
  private final Poll poll;
  private final Path demoMarker;

  Readiness(GatewayClient gateway, Poll poll, Path demoMarker) {
    this.gateway = gateway;
    this.poll = poll;
    this.demoMarker = demoMarker;
  }

  /**
   * Returns when an order can be placed; loads the demo catalog first, if that is wanted and has
   * not been done.
   */
  void await(boolean demoData, Console console) throws IOException {
    var token = staffToken();
    if (demoData && !Files.exists(demoMarker)) {
      var begin = System.nanoTime();
      var products = DemoProduct.all();
      new DemoCatalog(gateway, poll).load(products, token).join();
      Files.writeString(demoMarker, "");
      console.done(
          "demo catalog",
          "loaded",
          Duration.ofNanos(System.nanoTime() - begin),
          products.size() + " products");
    }
    var hasProducts = Files.exists(demoMarker);
    until("an order can be placed", () -> isOpen(token, hasProducts));
  }

  /** Prints that the platform is ready, and what to do next. */
  void announce(Endpoints endpoints, Path data, Duration took, Console console)
      throws InterruptedException {
    var url = endpoints.gatewayUrl();
    var example = example(url);
    console.say("Orderflow is ready after %.1f s: %s".formatted(took.toMillis() / 1000.0, url));
    console.say("");
    console.say("  PostgreSQL       " + endpoints.jdbcUrl());
    console.say("  Kafka            " + endpoints.kafkaBootstrapServers());
    console.say("  Redis            127.0.0.1:" + endpoints.redis());
    console.say("  Data and logs    " + data);
    console.say(
        "  Users            alice, bob, carol (customers), admin (staff); the secret is the name");
    console.say("");
    if (!example.isEmpty()) {
      console.say(example);
      console.say("");
    }
    console.say("Ctrl-C stops everything; the data stays.");
  }

  /** What to try first; empty when the platform did not answer, which is no reason to end. */
  private String example(String url) throws InterruptedException {
    try {
      return Example.product(gateway)
          .map(product -> "Place an order:\n\n" + Example.order(url, product))
          .orElseGet(() -> "Bring a first product in:\n\n" + Example.firstProduct(url));
    } catch (IOException unanswered) {
      return "";
    }
  }

  private String staffToken() {
    var token = new AtomicReference<String>("");
    until(
        "the gateway issues a token",
        () -> {
          var answer = gateway.token("admin", "admin");
          token.set(answer.body().path("access_token").asString(""));
          return answer.status() == OK;
        });
    return token.get();
  }

  private void until(String goal, Poll.Question question) {
    try {
      poll.until(TRY_EVERY, OPEN_WITHIN, question).join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof TimeoutException) {
        throw new StartFailedException(
            ("All processes are ready, but it takes longer than %d s until %s."
                    + " The logs may tell why: %s")
                .formatted(OPEN_WITHIN.toSeconds(), goal, demoMarker.resolveSibling("logs")),
            failure);
      }
      throw failure;
    }
  }

  private boolean isOpen(String token, boolean hasProducts)
      throws IOException, InterruptedException {
    var products = gateway.get("/products?pageSize=1");
    var stock = gateway.get("/inventory/PROD-UNKNOWN", token);
    return products.status() == OK
        && (stock.status() == OK || stock.status() == NOT_FOUND)
        && (!hasProducts || !products.body().path("products").isEmpty());
  }
}
