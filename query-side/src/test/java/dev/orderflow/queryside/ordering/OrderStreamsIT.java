package dev.orderflow.queryside.ordering;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.cancelled;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Failures.assertFails;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.proto.ordering.v1.WatchOrderRequest;
import dev.orderflow.proto.ordering.v1.WatchOrderResponse;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders as those see them who watch them change. Each test has its own user. */
@Timeout(60)
class OrderStreamsIT {
  private static final int STREAMS = 20;
  private static final Executor EACH_IN_A_THREAD = Thread::startVirtualThread;

  private final RunningQuerySide running = RunningQuerySide.shared();
  private final OrderQueryServiceGrpc.OrderQueryServiceBlockingStub orders =
      OrderQueryServiceGrpc.newBlockingStub(running.channel());

  @BeforeEach
  void the_view_is_all_there_is() {
    running.commandSide().failsWith(Status.UNAVAILABLE);
  }

  @AfterEach
  void heal() {
    running.commandSide().failsWith(null);
  }

  @Test
  void every_state_comes_as_an_event_until_the_order_is_final() throws Exception {
    placedBy("sam");

    var stream = open("sam", "Last-Event-ID", "0");

    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    assertThat(stream.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    var lines = new ArrayList<String>();
    try (var body = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
      do {
        lines.add(body.readLine());
      } while (!lines.getLast().startsWith("data:"));
      running.publisher().publish(confirmed("sam", 1, at(2)));
      body.lines().forEach(lines::add);
    }
    assertThat(lines).filteredOn(line -> line.startsWith("id:")).containsExactly("id:1", "id:2");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("data:"))
        .satisfiesExactly(
            first -> assertThat(first).contains("\"status\":\"PENDING\""),
            second -> assertThat(second).contains("\"status\":\"CONFIRMED\""));
    assertThat(lines)
        .as("when to connect again after an end")
        .first(InstanceOfAssertFactories.STRING)
        .matches("retry:[1-4]\\d{3}");
  }

  @Test
  void who_has_seen_a_state_is_told_only_newer_ones_and_sees_the_stream_open_at_once()
      throws Exception {
    placedBy("tim");

    var stream = open("tim", "Last-Event-ID", "1");
    running.publisher().publish(cancelled("tim", 1, at(2)));

    assertThat(String.join("\n", linesOf(stream)))
        .contains("id:2")
        .contains("\"cancelReason\":\"PAYMENT_FAILED\"")
        .doesNotContain("id:1");
    assertThat(events("tim", "Last-Event-ID", "2").status())
        .as("nothing more comes")
        .isEqualTo(204);
    assertThat(events("tim", "Last-Event-ID", "nonsense").response().body()).contains("id:2");
  }

  @Test
  void a_stream_has_begun_before_the_filters_add_their_headers() throws Exception {
    placedBy("ned");
    for (var i = 0; i < STREAMS; i++) {
      open("ned").body().close();
    }

    var beginnings = running.streamBeginnings();
    await().until(() -> beginnings.begun().size() >= STREAMS);
    assertThat(beginnings.begun()).doesNotContain(false);
  }

  @Test
  void what_no_notice_told_is_seen_when_listening_begins_anew() throws Exception {
    placedBy("zac");
    var stream = open("zac");
    running
        .database()
        .execute(
            "UPDATE query_side.order_view SET status = 'CONFIRMED', order_sequence = 1 WHERE user_id = 'zac'");

    running.database().breakListeners();

    assertThat(linesOf(stream)).contains("id:2");
    // No event says so, and a rebuilt view would not have it.
    running
        .database()
        .execute(
            "UPDATE query_side.order_view SET status = 'PENDING', order_sequence = 0 WHERE user_id = 'zac'");
  }

  @Test
  void who_asks_for_something_else_is_told_what_there_is() {
    placedBy("yan");

    var answer = events("yan", "Accept", "application/json");

    assertProblem(answer, 406, "NOT_ACCEPTABLE");
    assertThat(answer.json().at("/detail").asString()).isEqualTo("Accept text/event-stream.");
  }

  @Test
  void a_grpc_stream_tells_the_same_and_ends() throws Exception {
    placedBy("una");

    var states = new CopyOnWriteArrayList<Order>();
    var stream =
        CompletableFuture.runAsync(
            () ->
                RunningQuerySide.as(running.customer("una"), orders)
                    .watchOrder(request("una"))
                    .forEachRemaining((WatchOrderResponse state) -> states.add(state.getOrder())),
            EACH_IN_A_THREAD);
    await().until(() -> states.size() == 1);
    running.publisher().publish(confirmed("una", 1, at(2)));

    stream.get(30, TimeUnit.SECONDS);
    assertThat(states)
        .extracting(Order::getStatus)
        .containsExactly(OrderStatus.ORDER_STATUS_PENDING, OrderStatus.ORDER_STATUS_CONFIRMED);
    assertThat(states).extracting(Order::getRevision).containsExactly(1L, 2L);
  }

  @Test
  void another_customers_order_is_watched_by_staff_only() {
    placedBy("vera");
    running.publisher().publish(confirmed("vera", 1, at(2)));
    await()
        .until(() -> running.getAs(running.staff(), path("vera")).header("ETag").equals("\"2\""));
    running.commandSide().failsWith(null);

    assertProblem(
        running.getAs(
            running.customer("wim"), path("vera") + "/events", "Accept", "text/event-stream"),
        404,
        "ORDER_NOT_FOUND");
    assertThat(running.get(path("vera") + "/events").status()).isEqualTo(401);
    assertFails(
        () ->
            RunningQuerySide.as(running.customer("wim"), orders)
                .watchOrder(request("vera"))
                .hasNext(),
        Status.Code.NOT_FOUND,
        "ORDER_NOT_FOUND");
    assertThat(running.getAs(running.staff(), path("vera") + "/events").response().body())
        .contains("id:2");
  }

  @Test
  void the_head_of_a_stream_opens_none() throws Exception {
    placedBy("hugh");
    await().until(() -> running.openStreams() == 0);

    assertThat(running.call("HEAD", running.customer("hugh"), path("hugh") + "/events"))
        .isEqualTo(200);

    assertThat(running.openStreams()).isZero();
  }

  private void placedBy(String user) {
    running.publisher().publish(placed(user, 1));
    await().until(() -> running.getAs(running.customer(user), path(user)).status() == 200);
  }

  private RunningQuerySide.Answer events(String user, String... headers) {
    return running.getAs(running.customer(user), path(user) + "/events", headers);
  }

  private HttpResponse<InputStream> open(String user, String... headers) throws Exception {
    return running.open(running.customer(user), path(user) + "/events", headers);
  }

  /** Until the end of the stream. */
  private static List<String> linesOf(HttpResponse<InputStream> stream) throws IOException {
    try (var body = stream.body()) {
      return new String(body.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static String path(String user) {
    return "/orders/" + orderId(user, 1);
  }

  private static WatchOrderRequest request(String user) {
    return WatchOrderRequest.newBuilder().setOrderId(orderId(user, 1).value()).build();
  }
}
