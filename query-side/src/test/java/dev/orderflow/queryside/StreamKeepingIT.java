package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Failures.assertFails;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.WatchProductRequest;
import dev.orderflow.proto.catalog.v1.WatchProductResponse;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.proto.ordering.v1.WatchOrderRequest;
import dev.orderflow.proto.ordering.v1.WatchOrderResponse;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** How streams begin, are kept and end, on an instance whose streams are few and seldom silent. */
@Timeout(120)
class StreamKeepingIT {
  private static final RunningQuerySide RUNNING =
      RunningQuerySide.shared()
          .another(
              "--orderflow.streams.heartbeat=50ms",
              "--orderflow.gateway.trusted-proxies=127.0.0.1/32",
              "--orderflow.streams.max-open=3",
              "--orderflow.streams.max-per-caller=2");

  @AfterAll
  static void stop() {
    RUNNING.close();
  }

  @AfterEach
  void no_stream_is_left_open() {
    RUNNING.database().acceptConnections();
    await().until(() -> RUNNING.openStreams() == 0);
    RUNNING.awaitDatabase();
    RunningQuerySide.shared().awaitDatabase();
  }

  @Test
  void readers_who_hang_up_are_forgotten_and_are_no_trouble() throws Exception {
    placedBy("kim");
    var troubles = new ListAppender<ILoggingEvent>();
    troubles.start();
    var logger = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    logger.addAppender(troubles);
    try {
      var overHttp = events(RUNNING, "kim");
      awaitState(overHttp);
      overHttp.close();
      await().until(() -> RUNNING.openStreams() == 0);

      try (var call = Context.current().withCancellation()) {
        call.call(() -> watch(RUNNING, "kim").next());
        assertThat(RUNNING.openStreams()).isEqualTo(1);
      }
      await().until(() -> RUNNING.openStreams() == 0);
    } finally {
      logger.detachAppender(troubles);
    }
    assertThat(List.copyOf(troubles.list))
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .filteredOn(event ->
            event
                .getLoggerName()
                .matches("(dev\\.orderflow|org\\.springframework|org\\.apache\\.c).*"))
        .extracting(ILoggingEvent::toString)
        .isEmpty();
  }

  @Test
  void a_stream_outlasts_an_outage_of_the_database() throws Exception {
    placedBy("lea");
    try (var events = events(RUNNING, "lea")) {
      awaitState(events);

      RUNNING.database().refuseConnections();
      await().until(() -> RUNNING.getAs(RUNNING.staff(), path("lea")).status() == 503);
      awaitHeartbeat(events);
      RUNNING.publisher().publish(confirmed("lea", 1, at(2)));
      RUNNING.database().acceptConnections();

      assertThat(events.lines()).contains("id:2");
    }
  }

  @Test
  void a_caller_has_only_so_many_streams() throws Exception {
    placedBy("max");
    placedBy("ned");
    try (var first = events(RUNNING, "max");
        var second = events(RUNNING, "max")) {
      awaitState(first);
      awaitState(second);

      var third = RUNNING.getAs(RUNNING.customer("max"), path("max") + "/events");
      assertProblem(third, 429, "RATE_LIMITED");
      assertThat(third.header("Retry-After")).isEqualTo("1");
      assertFails(
          () -> watch(RUNNING, "max").next(), Status.Code.RESOURCE_EXHAUSTED, "RATE_LIMITED");
      events(RUNNING, "ned").close();
    }
  }

  @Test
  void readers_without_a_token_have_only_so_many_streams_per_address() throws Exception {
    RUNNING.publisher().publish(created("MANY-1", 0));
    RUNNING.awaitVersion("MANY-1", 1);
    try (var call = Context.current().withCancellation()) {
      for (var i = 0; i < 2; i++) {
        call.call(() -> watchProduct("MANY-1", "192.0.2.1").next());
      }

      assertFails(
          () -> watchProduct("MANY-1", "192.0.2.1").next(),
          Status.Code.RESOURCE_EXHAUSTED,
          "RATE_LIMITED");
      call.call(() -> watchProduct("MANY-1", "192.0.2.2").next());
      assertThat(RUNNING.openStreams()).isEqualTo(3);
    }
    await().until(() -> RUNNING.openStreams() == 0);
    try (var call = Context.current().withCancellation()) {
      call.call(() -> watchProduct("MANY-1", "192.0.2.1").next());
    }
  }

  @Test
  void an_instance_has_only_so_many_streams_those_of_anonymous_readers_included() throws Exception {
    RUNNING.publisher().publish(created("MANY-2", 0));
    RUNNING.awaitVersion("MANY-2", 1);
    try (var call = Context.current().withCancellation()) {
      for (var i = 0; i < 3; i++) {
        var address = "192.0.2." + i;
        call.call(() -> watchProduct("MANY-2", address).next());
      }
      assertFails(
          () -> watchProduct("MANY-2", "192.0.2.9").next(),
          Status.Code.RESOURCE_EXHAUSTED,
          "RATE_LIMITED");
    }
  }

  @Test
  void an_instance_that_stops_sends_its_readers_to_another_one() throws Exception {
    placedBy("pia");
    var stopping = RUNNING.another();
    try (var events = events(stopping, "pia")) {
      awaitState(events);
      var states = watch(stopping, "pia");
      states.next();

      stopping.close();

      assertThat(events.lines()).as("the end of a stream that is whole").allMatch(String::isEmpty);
      assertFails(states::hasNext, Status.Code.UNAVAILABLE, "UNAVAILABLE");
    }
  }

  private static void placedBy(String user) {
    RUNNING.publisher().publish(placed(user, 1));
    await().until(() -> RUNNING.getAs(RUNNING.staff(), path(user)).status() == 200);
  }

  private static BufferedReader events(RunningQuerySide instance, String user) throws Exception {
    var answer = instance.open(instance.customer(user), path(user) + "/events");
    assertThat(answer.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static void awaitState(BufferedReader events) throws IOException {
    var line = events.readLine();
    while (!line.startsWith("data:")) {
      line = events.readLine();
    }
  }

  private static void awaitHeartbeat(BufferedReader events) throws IOException {
    while (events.ready()) {
      events.readLine();
    }
    var line = events.readLine();
    while (!line.startsWith("retry:")) {
      line = events.readLine();
    }
  }

  private static Iterator<WatchOrderResponse> watch(RunningQuerySide instance, String user) {
    return RunningQuerySide.as(
            instance.customer(user), OrderQueryServiceGrpc.newBlockingStub(instance.channel()))
        .watchOrder(WatchOrderRequest.newBuilder().setOrderId(orderId(user, 1).value()).build());
  }

  /** As a proxy that is trusted passes it on. */
  private static Iterator<WatchProductResponse> watchProduct(String id, String address) {
    var forwarded = new Metadata();
    forwarded.put(Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER), address);
    return ProductServiceGrpc.newBlockingStub(RUNNING.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(forwarded))
        .watchProduct(WatchProductRequest.newBuilder().setProductId(id).build());
  }

  private static String path(String user) {
    return "/orders/" + orderId(user, 1);
  }
}
