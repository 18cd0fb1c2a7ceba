package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.proto.ordering.v1.OrderContact;
import dev.orderflow.saga.testing.SagaPlatform;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What this service tells staff of an order's way. */
@ExtendWith(SharedSaga.class)
class TimelineIT {
  private static final String SECRET = "pm_card_visa";

  private final SagaPlatform platform;

  TimelineIT(SagaPlatform platform) {
    this.platform = platform;
  }

  @Test
  void an_order_that_has_ended_has_its_last_stage_the_providers_answer_and_its_mails()
      throws Exception {
    var before = Instant.now().minusSeconds(1);
    var order = place();

    var entries =
        awaitSteps(order, "SAGA ENDED", "PROVIDER charge", "MAIL PLACED", "MAIL CONFIRMED");

    assertThat(step(entries, "PROVIDER charge").at("/payload/outcome").asString())
        .isEqualTo("SUCCESS");
    assertThat(entries)
        .allSatisfy(entry ->
            assertThat(Instant.parse(entry.path("at").asString()))
                .isBetween(before, Instant.now().plusSeconds(1)));
    assertThat(entries.toString()).doesNotContain(SECRET, "anh@example.com", "null");
  }

  @Test
  void what_is_still_to_be_done_is_there_with_when_it_is_due() throws Exception {
    var order = platform.newOrder();
    var outage = new Status[100];
    Arrays.fill(outage, Status.UNAVAILABLE);
    platform.commandSideServer().failNext("RequestPayment", order.value(), outage);
    platform.commandSide().publish(order, platform.placed(order, SECRET, Instant.now()));

    var entries = awaitSteps(order, "SAGA WAITING_FOR_PAYMENT", "TASK request-payment");

    var task = step(entries, "TASK request-payment");
    assertThat(task.at("/payload/attempts").asInt()).isPositive();
    assertThat(task.at("/payload/due").asString()).isEqualTo(task.path("at").asString());
    assertThat(step(entries, "SAGA WAITING_FOR_PAYMENT").at("/payload/deadline").asString())
        .isNotEmpty();
    assertThat(entries.toString()).doesNotContain(SECRET);
  }

  @Test
  void a_task_is_there_by_each_form_of_id_and_none_of_an_order_whose_id_only_begins_alike()
      throws Exception {
    var order = place();
    var _ = awaitSteps(order, "MAIL CONFIRMED");
    var payment = PaymentId.of(order).value();
    store("provider_tasks", "refund", payment);
    store("mail_tasks", "notify", order + "/CANCELLED");
    store("scheduled_tasks", "commit-stock", order + "/KETTLE");
    store("scheduled_tasks", "confirm", order.value());
    store("mail_tasks", "notify", order + "1/CANCELLED");
    store("scheduled_tasks", "cancel", order + "1");

    assertThat(entries(order).stream().map(TimelineIT::step).filter(one -> one.startsWith("TASK")))
        .containsExactlyInAnyOrder(
            "TASK refund", "TASK notify", "TASK commit-stock", "TASK confirm");
  }

  /** Due so late that nobody begins it. */
  private void store(String table, String name, String id) {
    platform
        .jdbc()
        .sql(
            """
            INSERT INTO %s (task_name, task_instance, execution_time, picked, version)
            VALUES (?, ?, now() + interval '1 day', false, 1)\
            """
                .formatted(table))
        .params(name, id)
        .update();
  }

  @Test
  void what_cannot_proceed_is_there_with_its_cause_and_how_it_is_paid_is_hidden() throws Exception {
    var order = platform.newOrder();
    platform.commandSideServer().failNext("RequestPayment", order.value(), Status.INVALID_ARGUMENT);
    platform.commandSide().publish(order, platform.placed(order, SECRET, Instant.now()));

    var entries = awaitSteps(order, "LETTER order-saga");

    var letter = step(entries, "LETTER order-saga");
    assertThat(letter.at("/payload/cause").asString()).contains("INVALID_ARGUMENT");
    assertThat(letter.at("/payload/attempts").asInt()).isOne();
    assertThat(entries.toString()).doesNotContain(SECRET);
    assertThat(platform.ask(0, "GET", "/admin/dead-letters", "staff").body())
        .contains(order.value())
        .contains("hidden")
        .doesNotContain(SECRET);
  }

  @Test
  void an_order_of_which_nothing_was_heard_is_not_found_and_only_staff_are_answered()
      throws Exception {
    for (var id : List.of("ORD-NONE", "x")) {
      var answer = platform.ask(0, "GET", path(id), "staff");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(json(answer.body()).path("code").asString()).isEqualTo("ORDER_NOT_FOUND");
    }
    assertThat(platform.ask(0, "GET", path("ORD-NONE"), "customer").statusCode()).isEqualTo(403);
    assertThat(platform.ask(0, "GET", path("ORD-NONE"), null).statusCode()).isEqualTo(401);
  }

  private OrderId place() {
    var order = platform.newOrder();
    platform
        .commandSideServer()
        .hasContact(
            OrderContact.newBuilder()
                .setOrderId(order.value())
                .setEmail("anh@example.com")
                .build());
    platform.commandSide().publish(order, platform.placed(order, SECRET, Instant.now()));
    return order;
  }

  private List<JsonNode> awaitSteps(OrderId order, String... steps) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> entries(order),
            entries -> entries.stream().map(TimelineIT::step).toList().containsAll(List.of(steps)));
  }

  private List<JsonNode> entries(OrderId order) throws Exception {
    var answer = platform.ask(0, "GET", path(order.value()), "staff");
    return StreamSupport.stream(json(answer.body()).path("entries").spliterator(), false).toList();
  }

  private static String path(String orderId) {
    return "/admin/orders/" + orderId + "/timeline";
  }

  private static JsonNode step(List<JsonNode> entries, String step) {
    return entries.stream().filter(entry -> step(entry).equals(step)).findFirst().orElseThrow();
  }

  private static String step(JsonNode entry) {
    return entry.path("kind").asString() + " " + entry.path("name").asString();
  }

  private static JsonNode json(String body) {
    return JsonMapper.shared().readTree(body);
  }
}
