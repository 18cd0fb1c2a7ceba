package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.testing.PublishedSchemas;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.proto.payment.v1.PaymentStatus;
import dev.orderflow.saga.testing.SagaPlatform;
import io.grpc.Status;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two instances with orders that cannot proceed, as staff see and send them on. */
class DeadLettersIT {
  private static final String STAFF = "staff";

  @TempDir private static Path mails;
  private static SagaPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = new SagaPlatform(2, mails, Map.of("orderflow.dead-letters.check-interval", "1s"));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void a_refused_command_holds_up_its_order_alone_and_shows_what_it_is() throws Exception {
    var order = placeRefused("ConfirmOrder", 1);

    var letter = awaitLetters(order, 1).getFirst();
    assertThat(letter.path("source").asString()).isEqualTo("order-saga");
    assertThat(letter.path("cause").asString())
        .startsWith("confirm/" + order + " was refused:")
        .contains("INVALID_ARGUMENT");
    assertThat(letter.path("attempts").asInt()).isEqualTo(1);
    assertThat(letter.path("payload").asString()).contains(order.value());
    assertThat(Instant.parse(letter.path("since").asString())).isBeforeOrEqualTo(Instant.now());

    var later = platform.laterOrderOfTheSamePartition(order);
    eventually().until(() -> isConfirmed(later));
    assertThat(platform.called(order, "ConfirmOrder")).hasSize(1);
  }

  @Test
  void a_retry_sends_the_command_and_then_the_events_that_came_after_it() throws Exception {
    var order = placeRefused("ConfirmOrder", 1);
    awaitLetters(order, 1);
    platform.commandSide().cancel(order.value(), CancelReason.CUSTOMER_REQUEST);
    awaitLetters(order, 2);
    assertThat(platform.called(order, "RequestRefund")).isEmpty();

    assertThat(retry(0, letters(order).getFirst())).isEqualTo(202);

    eventually()
        .until(
            () -> platform.commandSide().payment(order) == PaymentStatus.PAYMENT_STATUS_REFUNDED);
    assertThat(platform.called(order, "ConfirmOrder")).hasSize(2);
    eventually().until(() -> letters(order).isEmpty() && platform.openSagas(order) == 0);
  }

  @Test
  void a_retry_that_is_refused_again_stays_with_an_attempt_more_and_holds_up_the_rest()
      throws Exception {
    var order = placeRefused("ConfirmOrder", 2);
    awaitLetters(order, 1);
    platform.commandSide().cancel(order.value(), CancelReason.CUSTOMER_REQUEST);
    awaitLetters(order, 2);

    // Whichever is asked for, the first goes first.
    assertThat(retry(1, letters(order).getLast())).isEqualTo(202);

    eventually().until(() -> letters(order).getFirst().path("attempts").asInt() == 2);
    assertThat(letters(order)).hasSize(2);
    assertThat(letters(order).getLast().path("attempts").asInt()).isZero();
    assertThat(platform.called(order, "RequestRefund")).isEmpty();
  }

  @Test
  void a_retry_waits_for_a_command_side_that_is_away() throws Exception {
    var order = platform.newOrder();
    platform
        .commandSideServer()
        .failNext(
            "ConfirmOrder",
            order.value(),
            Status.INVALID_ARGUMENT,
            Status.UNAVAILABLE,
            Status.DEADLINE_EXCEEDED);
    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));

    retry(0, awaitLetters(order, 1).getFirst());

    eventually().until(() -> isConfirmed(order));
    assertThat(platform.called(order, "ConfirmOrder")).hasSize(4);
    assertThat(letters(order)).isEmpty();
  }

  @Test
  void a_retry_asked_for_many_times_on_both_instances_sends_a_letter_once() throws Exception {
    var order = placeRefused("ConfirmOrder", 1);
    var letter = awaitLetters(order, 1).getFirst();

    try (var staff = Executors.newFixedThreadPool(6)) {
      for (var i = 0; i < 6; i++) {
        var instance = i % 2;
        staff.submit(() -> retry(instance, letter));
      }
    }

    eventually().until(() -> isConfirmed(order));
    assertThat(platform.called(order, "ConfirmOrder")).hasSize(2);
    assertThat(letters(order)).isEmpty();
  }

  @Test
  void a_deadline_waits_behind_a_letter_of_its_order() throws Exception {
    var order = platform.newOrder();
    platform.commandSideServer().failNext("RequestPayment", order.value(), Status.INVALID_ARGUMENT);
    var placedAt = Instant.now().minus(Duration.ofMinutes(15)).plusSeconds(2);
    platform.commandSide().publish(order, platform.placed(order, "pm_sim_noAnswer", placedAt));

    var letter = awaitLetters(order, 1).getFirst();
    // It was taken, could not go on, and comes again.
    var first = platform.deadline(order);
    eventually().until(() -> !platform.deadline(order).equals(first));
    assertThat(platform.commandSide().order(order)).isEqualTo(OrderStatus.ORDER_STATUS_PENDING);
    retry(0, letter);

    eventually()
        .until(() -> platform.commandSide().order(order) == OrderStatus.ORDER_STATUS_CANCELLED);
    assertThat(platform.called(order, "RequestPayment")).hasSize(2);
    assertThat(letters(order)).isEmpty();
  }

  @Test
  void a_charge_and_a_mail_that_are_refused_are_letters_of_their_workers() throws Exception {
    var order = platform.newOrder();
    platform
        .commandSideServer()
        .failNext("GetPayment", order.value().replace("ORD", "PAY"), Status.NOT_FOUND);
    // The first answer is about all the orders of a poll; the second one about this order.
    platform
        .commandSideServer()
        .failNext("GetContact", order.value(), Status.INVALID_ARGUMENT, Status.INVALID_ARGUMENT);
    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));

    var sources =
        awaitLetters(order, 2).stream().map(letter -> letter.path("source").asString()).toList();
    assertThat(sources).containsExactlyInAnyOrder("payment-worker", "notification-worker");
    for (var letter : letters(order)) {
      retry(0, letter);
    }

    eventually().until(() -> isConfirmed(order));
    eventually().until(() -> letters(order).isEmpty());
    assertThat(platform.charges(order)).isEqualTo("SUCCESS");
  }

  @Test
  void a_record_that_is_no_event_is_kept_with_its_place_and_its_order_goes_on() throws Exception {
    var order = platform.newOrder();
    for (var topic : EventTopic.ALL) {
      platform.publishUnreadable(topic, order);
    }
    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));

    eventually().until(() -> isConfirmed(order));
    // The saga reads three topics, the payment worker one of them, the notification worker another.
    var kept = eventually().until(() -> foreign(order), letters -> letters.size() == 5);
    assertThat(kept.stream().map(letter -> letter.path("source").asString()))
        .containsOnly("order-saga", "payment-worker", "notification-worker");
    assertThat(kept)
        .allSatisfy(letter -> {
          assertThat(letter.has("orderId")).isFalse();
          assertThat(letter.path("cause").asString()).isNotEmpty();
          assertThat(letter.path("record").path("topic").asString()).isNotEmpty();
          assertThat(letter.path("record").path("offset").isIntegralNumber()).isTrue();
        });
    for (var letter : kept) {
      assertThat(discard(letter)).isEqualTo(202);
    }
    eventually().until(() -> foreign(order).isEmpty());
  }

  @Test
  void what_a_later_release_wrote_holds_up_its_order_until_it_is_discarded() throws Exception {
    var order = platform.newOrder();
    platform.publishLater(order);
    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));
    var later = platform.laterOrderOfTheSamePartition(order);
    eventually().until(() -> isConfirmed(later));

    var kept = awaitLetters(order, 4);
    assertThat(kept.stream().map(letter -> letter.path("source").asString()))
        .containsOnly("order-saga", "notification-worker");
    assertThat(platform.called(order, "RequestPayment")).isEmpty();
    retry(0, kept.getFirst());
    eventually()
        .until(() -> letters(order).getFirst().path("attempts").asInt(), attempts -> attempts > 1);
    assertThat(letters(order).getFirst().path("cause").asString()).contains("later release");

    for (var letter : kept) {
      if (letter.path("attempts").asInt() > 0) {
        discard(letter);
      }
    }

    eventually().until(() -> isConfirmed(order));
    eventually().until(() -> letters(order).isEmpty());
  }

  @Test
  void a_refusal_is_heard_although_a_letter_holds_up_its_order() throws Exception {
    var order = platform.newOrder();
    var outage = new Status[5];
    Arrays.fill(outage, Status.UNAVAILABLE);
    platform.commandSideServer().failNext("ConfirmOrder", order.value(), outage);
    platform.commandSide().publish(order, platform.placed(order, "pm_sim_noAnswer", Instant.now()));
    platform
        .commandSide()
        .publish(
            order,
            new PaymentCompletedEvent(
                order,
                PaymentId.of(order),
                PaymentOutcome.SUCCESS,
                null,
                BigDecimal.ONE,
                Currency.getInstance("VND"),
                Instant.now()));
    eventually().until(() -> platform.called(order, "ConfirmOrder").size() > 1);
    assertThat(platform.stage(order)).isEqualTo("CONFIRMING_PAID_ORDER");
    platform.publishLater(order);
    awaitLetters(order, 2);

    eventually().until(() -> platform.stage(order).equals("WAITING_FOR_PAYMENT"));

    assertThat(platform.called(order, "ConfirmOrder")).hasSize(6);
    assertThat(platform.deadline(order)).isPresent();
  }

  @Test
  void letters_are_selected_by_source_cause_order_and_state_and_come_page_by_page()
      throws Exception {
    var one = placeRefused("ConfirmOrder", 1);
    var other = placeRefused("ConfirmOrder", 1);
    awaitLetters(one, 1);
    awaitLetters(other, 1);

    assertThat(list("?orderId=" + one)).hasSize(1);
    assertThat(list("?cause=confirm/" + one + "%20was%20refused")).hasSize(1);
    assertThat(list("?source=payment-worker&orderId=" + one)).isEmpty();
    assertThat(list("?state=WAITING&orderId=" + one)).hasSize(1);
    assertThat(list("?state=DONE&orderId=" + one)).isEmpty();
    var all = list("?source=order-saga&cause=INVALID_ARGUMENT&pageSize=100");
    var paged = new ArrayList<JsonNode>();
    var token = "";
    do {
      var answer =
          platform.ask(
              0,
              "GET",
              "/admin/dead-letters?source=order-saga&cause=INVALID_ARGUMENT&pageSize=1&pageToken="
                  + token,
              STAFF);
      assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
      json(answer).path("deadLetters").forEach(paged::add);
      token = json(answer).path("nextPageToken").asString("");
    } while (!token.isEmpty());
    assertThat(paged).isEqualTo(all).hasSizeGreaterThan(1);
  }

  @Test
  void all_letters_of_a_cause_are_sent_on_at_once() throws Exception {
    var orders =
        List.of(
            placeRefused("RequestPayment", 1),
            placeRefused("RequestPayment", 1),
            placeRefused("RequestPayment", 1));
    for (var order : orders) {
      awaitLetters(order, 1);
    }
    var kind = letters(orders.getFirst()).getFirst().path("kindOfCause").asString();
    assertThat(kind).startsWith("was refused:").contains("INVALID_ARGUMENT");

    var answer =
        platform.post(
            0,
            "/admin/dead-letters/retry",
            "{\"source\":\"order-saga\",\"cause\":\"%s\"}".formatted(kind),
            STAFF);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(json(answer).path("letters").asInt()).isGreaterThanOrEqualTo(3);
    for (var order : orders) {
      eventually().until(() -> isConfirmed(order));
      assertThat(letters(order)).isEmpty();
    }
  }

  @Test
  void what_has_happened_to_a_letter_is_told_also_when_it_is_done() throws Exception {
    var order = placeRefused("ConfirmOrder", 2);
    var letter = awaitLetters(order, 1).getFirst();
    assertThat(letter.path("state").asString()).isEqualTo("WAITING");
    assertThat(letter.path("holdsUp").asBoolean()).isTrue();

    retry(0, letter);
    eventually().until(() -> shown(letter).path("state").asString(), "FAILED"::equals);
    retry(1, letter);
    eventually().until(() -> shown(letter).path("state").asString(), "DONE"::equals);

    var history = shown(letter).path("history");
    assertThat(history.valueStream().map(happening -> happening.path("what").asString()))
        .containsExactly("RETRIED", "FAILED", "RETRIED", "DONE");
    assertThat(history.path(0).path("by").asString()).isEqualTo(STAFF);
    assertThat(history.path(1).path("by").asString()).isEqualTo("saga");
    assertThat(history.path(1).path("detail").asString()).contains("INVALID_ARGUMENT");
    assertThat(Instant.parse(history.path(0).path("at").asString()))
        .isBeforeOrEqualTo(Instant.now());
    assertThat(list("?state=DONE&orderId=" + order).stream().map(done -> done.path("id")))
        .contains(letter.path("id"));
    eventually().until(() -> letters(order).isEmpty());
    assertThat(retry(0, letter)).isEqualTo(404);
  }

  @Test
  void a_letter_is_discarded_with_a_reason_that_stays_with_it() throws Exception {
    var letter = awaitLetters(placeRefused("ConfirmOrder", 1), 1).getFirst();
    var path = "/admin/dead-letters/" + letter.path("id").asString();

    assertThat(platform.ask(0, "DELETE", path, STAFF).body()).contains("reason", "is required");
    assertThat(platform.ask(0, "DELETE", path + "?reason=sold%20by%20hand", STAFF).statusCode())
        .isEqualTo(202);

    assertThat(shown(letter).path("state").asString()).isEqualTo("DISCARDED");
    var happening = shown(letter).path("history").path(0);
    assertThat(happening.path("what").asString()).isEqualTo("DISCARDED");
    assertThat(happening.path("detail").asString()).isEqualTo("sold by hand");
    assertThat(platform.ask(0, "DELETE", path + "?reason=again", STAFF).statusCode())
        .isEqualTo(404);
  }

  @Test
  void how_a_customer_pays_is_not_shown() throws Exception {
    var letter = awaitLetters(placeRefused("RequestPayment", 1), 1).getFirst();

    for (var said : List.of(letter, shown(letter))) {
      assertThat(said.path("payload").asString())
          .contains("\"paymentMethod\":\"hidden\"")
          .doesNotContain("pm_card_visa");
    }
  }

  @Test
  void everybody_can_read_how_the_calls_are_described() throws Exception {
    var description = platform.ask(0, "GET", "/v3/api-docs", null);

    assertThat(description.statusCode()).isEqualTo(200);
    assertThat(PublishedSchemas.faults(json(description))).isEmpty();
    assertThat(json(description).path("paths").propertyNames())
        .contains(
            "/admin/dead-letters",
            "/admin/dead-letters/retry",
            "/admin/dead-letters/{letterId}",
            "/admin/dead-letters/{letterId}/retry");
  }

  @Test
  void the_depth_is_a_metric_and_turns_nothing_off() throws Exception {
    awaitLetters(placeRefused("ConfirmOrder", 1), 1);

    eventually()
        .untilAsserted(() ->
            assertThat(platform.ask(0, "GET", "/actuator/prometheus", null).body())
                .containsPattern("orderflow_dead_letters\\{[^}]*source=\"order-saga\"[^}]*} [1-9]")
                .containsPattern(
                    "orderflow_dead_letters_held_up\\{[^}]*source=\"order-saga\"[^}]*} [1-9]"));
    assertThat(platform.ask(0, "GET", "/actuator/health", null).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  '',                         , 401",
    "GET,  '',                 customer, 403",
    "GET,  '',                  service, 403",
    "GET,  /saga-1,                    , 401",
    "GET,  /saga-1,            customer, 403",
    "GET,  /saga-999999999,       staff, 404",
    "POST, /saga-1/retry,              , 401",
    "POST, /saga-1/retry,      customer, 403",
    "POST, /saga-999999999/retry, staff, 404",
    "POST, /saga--1/retry,        staff, 404",
    "POST, /1/retry,              staff, 404",
    "POST, /query-side-1/retry,   staff, 404",
    "POST, /saga-first/retry,     staff, 404",
    "POST, /saga-99999999999999999999/retry, staff, 404",
    "POST, /retry,                     , 401",
    "POST, /retry,             customer, 403",
    "DELETE, /saga-1?reason=x,         , 401",
    "DELETE, /saga-1?reason=x, customer, 403",
    "DELETE, /saga-999999999?reason=x, staff, 404",
    "DELETE, /saga-1,             staff, 400",
    "GET,  ?state=LOST,           staff, 400",
    "GET,  ?orderId=7,            staff, 400",
    "GET,  ?cause=%00,            staff, 400",
    "GET,  ?pageToken=x,          staff, 400",
  })
  void only_staff_are_answered_and_only_about_letters_that_are_there(
      String method, String path, String scope, int status) throws Exception {
    var answer = platform.ask(0, method, "/admin/dead-letters" + path, scope);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("code").asString()).isNotEmpty();
  }

  private static boolean isConfirmed(OrderId order) {
    return platform.commandSide().order(order) == OrderStatus.ORDER_STATUS_CONFIRMED
        && platform.openSagas(order) == 0;
  }

  private static OrderId placeRefused(String method, int times) {
    var order = platform.newOrder();
    var refusals = new Status[times];
    Arrays.fill(refusals, Status.INVALID_ARGUMENT);
    platform.commandSideServer().failNext(method, order.value(), refusals);
    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));
    return order;
  }

  private static List<JsonNode> awaitLetters(OrderId order, int count) {
    return eventually().until(() -> letters(order), letters -> letters.size() == count);
  }

  private static List<JsonNode> letters(OrderId order) throws Exception {
    return json(platform.ask(1, "GET", "/admin/dead-letters?pageSize=100", STAFF))
        .path("deadLetters")
        .valueStream()
        .filter(letter ->
            letter.path("orderId").asString("").equals(order.value())
                || letter.path("cause").asString().contains(paymentOf(order)))
        .toList();
  }

  /** A payment that there is not holds up no order, so its letter names the payment only. */
  private static String paymentOf(OrderId order) {
    return "charge/" + PaymentId.of(order);
  }

  private static List<JsonNode> list(String query) throws Exception {
    return json(platform.ask(1, "GET", "/admin/dead-letters" + query, STAFF))
        .path("deadLetters")
        .valueStream()
        .toList();
  }

  private static JsonNode shown(JsonNode letter) throws Exception {
    return json(
        platform.ask(1, "GET", "/admin/dead-letters/" + letter.path("id").asString(), STAFF));
  }

  private static List<JsonNode> foreign(OrderId order) throws Exception {
    return json(platform.ask(1, "GET", "/admin/dead-letters?pageSize=100", STAFF))
        .path("deadLetters")
        .valueStream()
        .filter(letter -> !letter.has("orderId"))
        .filter(letter -> letter.at("/record/key").asString("").equals(order.value()))
        .toList();
  }

  private static int discard(JsonNode letter) throws Exception {
    var path = "/admin/dead-letters/%s?reason=test".formatted(letter.path("id").asString());
    return platform.ask(0, "DELETE", path, STAFF).statusCode();
  }

  private static int retry(int instance, JsonNode letter) throws Exception {
    var path = "/admin/dead-letters/%s/retry".formatted(letter.path("id").asString());
    return platform.ask(instance, "POST", path, STAFF).statusCode();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
  }
}
