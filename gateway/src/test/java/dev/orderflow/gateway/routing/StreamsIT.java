package dev.orderflow.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.ProblemAssert;
import dev.orderflow.gateway.testing.RunningGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class StreamsIT {
  private static final String END = "";

  private static final FakeService QUERY_SIDE = new FakeService("query-side");
  private static final FakeService COMMAND_SIDE = new FakeService("command-side");
  private static RunningGateway gateway;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final CountDownLatch hungUpOn = new CountDownLatch(1);

  @BeforeAll
  static void start() {
    gateway = startGateway();
  }

  private static RunningGateway startGateway() {
    return RunningGateway.start(
        Map.of(
            "orderflow.instances.query-side",
            QUERY_SIDE.url(),
            "orderflow.instances.command-side",
            COMMAND_SIDE.url(),
            "orderflow.gateway.response-timeout",
            "2s",
            "orderflow.gateway.stream-silence",
            "8s"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    QUERY_SIDE.close();
    COMMAND_SIDE.close();
  }

  @BeforeEach
  void answerWithStreams() {
    for (var service : List.of(QUERY_SIDE, COMMAND_SIDE)) {
      service.reset();
      service.answering(this::stream);
    }
  }

  @AfterEach
  void endStream() {
    events.add(END);
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (var body = exchange.getResponseBody()) {
      for (var event = events.take(); !event.equals(END); event = events.take()) {
        body.write(("data:" + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      hungUpOn.countDown();
      throw e;
    }
  }

  private static BufferedReader watch() {
    return watch(gateway);
  }

  private static BufferedReader watch(RunningGateway gateway) {
    var response = gateway.open(gateway.requestAs("customer", "GET", "/orders/ORD-1/events"));
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  @Test
  void each_event_passes_at_once_also_after_the_response_time_out() throws IOException {
    events.add("PENDING");
    try (var stream = watch()) {
      assertThat(stream.readLine()).isEqualTo("data:PENDING");
      assertThat(stream.readLine()).isEmpty();

      CompletableFuture.delayedExecutor(2500, TimeUnit.MILLISECONDS)
          .execute(() -> events.add("CONFIRMED"));
      assertThat(stream.readLine()).isEqualTo("data:CONFIRMED");
      assertThat(stream.readLine()).isEmpty();

      events.add(END);
      assertThat(stream.readLine()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/orders.csv", "/customers/alice/personal-data"})
  void what_may_be_long_is_passed_on_while_it_is_made(String path) throws IOException {
    events.add("first");
    var response = gateway.open(gateway.requestAs("staff", "GET", path));
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("data:first");

      QUERY_SIDE.die();
      COMMAND_SIDE.die();

      assertThatThrownBy(() -> lines.lines().toList()).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void a_stream_that_the_service_breaks_off_does_not_look_finished() throws IOException {
    events.add("PENDING");
    try (var stream = watch()) {
      assertThat(stream.readLine()).isEqualTo("data:PENDING");
      assertThat(stream.readLine()).isEmpty();

      QUERY_SIDE.die();

      assertThatThrownBy(stream::readLine).isInstanceOf(IOException.class);
    }
  }

  @Test
  void the_service_is_hung_up_on_when_the_client_hangs_up() throws IOException {
    events.add("PENDING");
    try (var stream = watch()) {
      assertThat(stream.readLine()).isEqualTo("data:PENDING");
    }

    await()
        .until(() -> {
          events.add("HEARTBEAT");
          return hungUpOn.getCount() == 0;
        });
  }

  @Test
  void a_stream_on_which_the_service_falls_silent_is_broken_off() throws IOException {
    events.add("PENDING");
    try (var stream = watch()) {
      assertThat(stream.readLine()).isEqualTo("data:PENDING");
      assertThat(stream.readLine()).isEmpty();

      assertThatThrownBy(stream::readLine).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_service_that_does_not_begin_is_not_waited_for() {
    QUERY_SIDE.answering(exchange -> {
      try {
        events.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });

    var answer = gateway.send(gateway.requestAs("customer", "GET", "/orders/ORD-1/events"));

    ProblemAssert.assertProblem(answer, 503, "UNAVAILABLE");
  }

  @Test
  void open_streams_do_not_hold_up_the_end_of_the_gateway() throws IOException {
    events.add("PENDING");
    var ending = startGateway();
    try (var stream = watch(ending)) {
      assertThat(stream.readLine()).isEqualTo("data:PENDING");
      var before = System.nanoTime();

      ending.close();

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
  }
}
