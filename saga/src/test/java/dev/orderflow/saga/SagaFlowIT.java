package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.proto.ordering.v1.OrderContact;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.proto.payment.v1.PaymentStatus;
import dev.orderflow.saga.testing.Call;
import dev.orderflow.saga.testing.SagaPlatform;
import dev.orderflow.saga.testing.StoredForms;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two instances of the service, a real PostgreSQL, a real Kafka, and a command side of ours. */
@ExtendWith(SharedSaga.class)
class SagaFlowIT {
  private static final Logger LOG = LoggerFactory.getLogger(SagaFlowIT.class);

  private final SagaPlatform platform;

  SagaFlowIT(SagaPlatform platform) {
    this.platform = platform;
  }

  @Test
  void a_paid_order_is_confirmed_and_leaves_no_task() {
    var order = platform.place("pm_card_visa");

    eventually().until(() -> isSettled(order));

    assertThat(platform.commandSide().order(order)).isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
    assertThat(platform.commandSide().calls(order).stream().map(Call::method))
        .containsSubsequence("RequestPayment", "GetPayment", "CompletePayment", "ConfirmOrder");
    assertThat(platform.called(order, "CancelOrder")).isEmpty();
    assertThat(platform.called(order, "CommitStock")).as("confirming has sold it").isEmpty();
    eventually().until(() -> platform.openSagas(order) == 0 && platform.tasks(order) == 0);
    assertThat(platform.charges(order)).isEqualTo("SUCCESS");
  }

  @Test
  void how_far_it_is_behind_is_measured() {
    var order = platform.place("pm_card_visa");
    eventually().until(() -> isSettled(order));

    eventually()
        .untilAsserted(() ->
            assertThat(metrics(0))
                .contains(lagOf("order-saga"), lagOf("payment-worker"))
                .contains(lagOf("notification-worker")));
    // Either instance may have led the order.
    eventually()
        .untilAsserted(() ->
            assertThat(metrics(0) + metrics(1))
                .contains("orderflow_order_step_seconds_count{step=\"payment-requested\"}")
                .contains("orderflow_order_step_seconds_count{step=\"paid\"}")
                .contains("orderflow_order_step_seconds_count{step=\"ended\"}"));
  }

  private String metrics(int instance) throws Exception {
    return platform.ask(instance, "GET", "/actuator/prometheus", null).body();
  }

  private static String lagOf(String worker) {
    return "kafka_consumer_fetch_manager_records_lag_max{client_id=\"consumer-" + worker;
  }

  @Test
  void outside_of_the_demo_mode_nobody_tells_the_provider_what_to_do() throws Exception {
    assertThat(platform.ask(0, "PUT", "/admin/demo/provider", "staff").statusCode()).isEqualTo(404);
    assertThat(platform.ask(0, "POST", "/admin/demo/halt", "staff").statusCode()).isEqualTo(404);
  }

  @Test
  void a_declined_order_is_cancelled() {
    var order = platform.place("pm_card_chargeDeclined");

    eventually().until(() -> isSettled(order));

    assertThat(platform.commandSide().order(order)).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
    assertThat(platform.commandSide().payment(order))
        .isEqualTo(PaymentStatus.PAYMENT_STATUS_FAILED);
    assertThat(platform.called(order, "ConfirmOrder")).isEmpty();
    assertThat(platform.called(order, "ReleaseStock")).as("cancelling gives it back").isEmpty();
    assertThat(platform.called(order, "RequestRefund")).isEmpty();
    eventually().until(() -> platform.openSagas(order) == 0 && platform.tasks(order) == 0);
    assertThat(platform.charges(order)).isEqualTo("FAILED");
  }

  @Test
  void an_order_that_its_customer_cancels_while_it_is_being_paid_is_refunded() {
    var order = cancelledWhileItIsPaid();

    eventually()
        .until(
            () -> platform.commandSide().payment(order) == PaymentStatus.PAYMENT_STATUS_REFUNDED);
    assertThat(platform.commandSide().order(order)).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
    eventually().until(() -> platform.openSagas(order) == 0 && platform.tasks(order) == 0);
    assertThat(platform.refunds(order)).isEqualTo(1);
  }

  private OrderId cancelledWhileItIsPaid() {
    // On a machine that stands still for longer than a slow payment takes it is confirmed: once
    // more.
    while (true) {
      var order = platform.place("pm_sim_slow");
      eventually().until(() -> !platform.called(order, "GetPayment").isEmpty());
      var status = platform.commandSide().cancel(order.value(), CancelReason.CUSTOMER_REQUEST);
      if (status == OrderStatus.ORDER_STATUS_CANCELLED) {
        return order;
      }
    }
  }

  @Test
  void an_order_whose_payment_is_not_answered_in_time_is_cancelled() {
    var order = platform.newOrder();
    // Its deadline passes in a second.
    var placedAt = Instant.now().minus(Duration.ofMinutes(15)).plusSeconds(1);
    platform.commandSide().publish(order, platform.placed(order, "pm_sim_noAnswer", placedAt));

    eventually()
        .ignoreExceptions()
        .until(() -> platform.stage(order).equals("CANCELLED_WAITING_FOR_PAYMENT"));

    assertThat(platform.commandSide().order(order)).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
    assertThat(platform.called(order, "CancelOrder")).hasSize(1);
    assertThat(platform.charges(order)).isEmpty();
  }

  @Test
  void a_task_that_any_release_has_stored_can_be_done() throws Exception {
    assertThat(platform.taskKinds()).hasSize(9);
    for (var kind : platform.taskKinds().entrySet()) {
      StoredForms.assertThatEachIsRead(kind.getKey(), kind.getValue());
    }
  }

  @Test
  void an_order_placed_record_that_comes_again_after_the_end_starts_nothing() {
    var order = platform.newOrder();
    var placed = platform.placed(order, "pm_card_visa", Instant.now());
    platform.commandSide().publish(order, placed);
    eventually()
        .until(
            () -> isSettled(order) && platform.openSagas(order) == 0 && platform.tasks(order) == 0);

    platform.commandSide().publish(order, placed);
    // The records of one key are read in order: when the later one has been read, so has ours.
    var later = platform.laterOrderOfTheSamePartition(order);
    eventually().until(() -> isSettled(later));

    assertThat(platform.openSagas(order)).isZero();
    assertThat(platform.called(order, "RequestPayment")).hasSize(1);
    // A call that took a little longer may be a task for a moment although it has ended.
    eventually().until(() -> platform.tasks(order) == 0);
  }

  @Test
  void a_command_that_fails_is_repeated_until_it_is_done() {
    var order = platform.newOrder();
    platform
        .commandSideServer()
        .failNext(
            "ConfirmOrder",
            order.value(),
            Status.UNAVAILABLE,
            Status.INTERNAL,
            Status.DEADLINE_EXCEEDED);

    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));

    eventually().until(() -> isSettled(order));
    assertThat(platform.called(order, "ConfirmOrder")).hasSize(4);
  }

  @Test
  void commands_of_a_call_that_is_not_answered_are_tasks_and_done_later() {
    var order = platform.newOrder();
    var before = platform.commandSide().allCalls("Execute");
    platform
        .commandSideServer()
        .failNext("Execute", "", Status.UNAVAILABLE, Status.INVALID_ARGUMENT, Status.INTERNAL);

    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));

    eventually().until(() -> isSettled(order) && platform.tasks(order) == 0);
    assertThat(platform.commandSide().order(order)).isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
    assertThat(platform.commandSide().allCalls("Execute")).isGreaterThan(before + 5);
  }

  @Test
  void a_slow_payment_holds_up_neither_quick_ones_nor_the_polls() {
    // A machine that stands still for longer than a slow payment takes proves nothing: once more.
    await().atMost(Duration.ofMinutes(2)).until(this::quickPaymentsOvertakeSlowOnes);
  }

  private boolean quickPaymentsOvertakeSlowOnes() {
    var slow = IntStream.range(0, 20).mapToObj(_ -> platform.place("pm_sim_slow")).toList();
    eventually()
        .until(() ->
            slow.stream()
                .allMatch(order ->
                    !platform.charges(order).isEmpty()
                        || !platform.called(order, "GetPayment").isEmpty()));
    var quick = IntStream.range(0, 20).mapToObj(_ -> platform.place("pm_card_visa")).toList();
    eventually().until(() -> quick.stream().allMatch(this::isSettled));
    var overtaken = slow.stream().noneMatch(this::isSettled);

    eventually().until(() -> slow.stream().allMatch(this::isSettled));
    assertThat(slow).allMatch(order -> platform.called(order, "CompletePayment").size() == 1);
    eventually().until(() -> slow.stream().allMatch(order -> platform.tasks(order) == 0));
    return overtaken;
  }

  @Test
  void a_deadline_that_a_killed_instance_has_taken_is_taken_by_another() {
    var order = platform.newOrder();
    platform.commandSide().publish(order, platform.placed(order, "pm_sim_noAnswer", Instant.now()));
    eventually().until(() -> platform.openSagas(order) == 1);
    // As a killed instance leaves it: taken for some seconds, and nothing done.
    platform
        .jdbc()
        .sql("UPDATE order_saga SET deadline = now() + interval '5 seconds' WHERE order_id = ?")
        .param(order.value())
        .update();

    eventually()
        .until(() -> platform.commandSide().order(order) == OrderStatus.ORDER_STATUS_CANCELLED);
    eventually().until(() -> platform.stage(order).equals("CANCELLED_WAITING_FOR_PAYMENT"));
    assertThat(platform.called(order, "CancelOrder")).hasSize(1);
  }

  @Test
  void a_saga_of_an_earlier_release_settles_the_stock_of_its_order_itself() {
    var order = platform.newOrder();
    platform
        .jdbc()
        .sql(
            """
            INSERT INTO order_saga (order_id, saga, version, ended)
            VALUES (?, ?, 1, false)\
            """)
        .params(
            order.value(),
            "{\"orderId\":\"%s\",\"products\":[\"A\",\"B\"],\"stage\":\"CONFIRMING_PAID_ORDER\"}"
                .formatted(order))
        .update();

    platform.commandSide().publish(order, new OrderConfirmedEvent(order, Instant.now()));

    eventually().until(() -> platform.openSagas(order) == 0);
    assertThat(platform.called(order, "CommitStock"))
        .containsExactlyInAnyOrder("CommitStock " + order + " A", "CommitStock " + order + " B");
  }

  @Test
  void a_task_of_an_instance_that_died_is_taken_over_within_ten_seconds() {
    var order = platform.newOrder();
    platform
        .jdbc()
        .sql(
            """
            INSERT INTO scheduled_tasks (task_name, task_instance, task_data, execution_time,
              picked, picked_by, last_heartbeat, version)
            VALUES ('cancel', ?, ?, now(), true, 'saga-dead', now(), 1)\
            """)
        .params(
            order.value(),
            "{\"orderId\":\"%s\",\"reason\":\"PAYMENT_TIMEOUT\"}"
                .formatted(order)
                .getBytes(StandardCharsets.UTF_8))
        .update();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> platform.commandSide().order(order) == OrderStatus.ORDER_STATUS_CANCELLED);
  }

  @Test
  void a_customer_with_an_address_gets_one_mail_of_each_kind() throws IOException {
    var order = platform.newOrder();
    platform
        .commandSideServer()
        .hasContact(
            OrderContact.newBuilder()
                .setOrderId(order.value())
                .setUserId("alice")
                .setName("Nguyễn Thị Ánh")
                .setEmail("anh@example.com")
                .setLocale("vi")
                .build());
    var placed = platform.placed(order, "pm_card_visa", Instant.now());

    platform.commandSide().publish(order, placed);
    eventually()
        .until(() ->
            platform.mails(order).equals("CONFIRMED, PLACED")
                && platform.sentNotifications(order) == 2);
    platform.commandSide().publish(order, placed);
    // What is read after it has found it told already.
    var later = platform.laterOrderOfTheSamePartition(order);
    eventually().until(() -> !platform.called(later, "GetContact").isEmpty());
    eventually().until(() -> platform.tasks(order) == 0);

    assertThat(platform.mails(order)).isEqualTo("CONFIRMED, PLACED");
    assertThat(platform.sentNotifications(order)).isEqualTo(2);
  }

  @Test
  void a_mail_that_is_refused_for_good_is_a_letter_that_names_nobody() throws IOException {
    var order = platform.newOrder();
    platform
        .commandSideServer()
        .hasContact(
            OrderContact.newBuilder()
                .setOrderId(order.value())
                .setEmail("a..b@example.com")
                .build());

    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));

    eventually().until(() -> isSettled(order) && platform.tasks(order) == 0);
    eventually()
        .untilAsserted(() ->
            assertThat(
                    platform
                        .jdbc()
                        .sql("SELECT cause || content FROM dead_letter WHERE order_id = ?")
                        .param(order.value())
                        .query(String.class)
                        .list())
                .anyMatch(letter -> letter.startsWith("notify/" + order + "/PLACED was refused: "))
                .noneMatch(letter -> letter.contains("a..b")));
    assertThat(platform.mails(order)).isEmpty();
  }

  @Test
  void what_is_no_address_at_all_counts_as_none() throws IOException {
    var order = platform.newOrder();
    platform
        .commandSideServer()
        .hasContact(
            OrderContact.newBuilder().setOrderId(order.value()).setEmail("no address").build());

    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));

    eventually().until(() -> isSettled(order));
    // What is read after it has found nothing that is left to do.
    var later = platform.laterOrderOfTheSamePartition(order);
    eventually().until(() -> !platform.called(later, "GetContact").isEmpty());
    eventually().until(() -> platform.tasks(order) == 0);
    // Once when a busy worker has read both records together.
    assertThat(platform.called(order, "GetContact")).hasSizeBetween(1, 2);
    assertThat(platform.mails(order)).isEmpty();
    assertThat(platform.sentNotifications(order)).isZero();
  }

  @Test
  void two_instances_carry_two_hundred_orders_to_their_end() {
    var methods = List.of("pm_card_visa", "pm_card_chargeDeclined", "pm_sim_slow", "pm_card_visa");
    var start = System.nanoTime();
    var orders = IntStream.range(0, 200).mapToObj(i -> platform.place(methods.get(i % 4))).toList();

    eventually().until(() -> orders.stream().allMatch(this::isSettled));

    LOG.info(
        "200 orders, 50 of them with a payment of 1 s, settled in {} ms",
        (System.nanoTime() - start) / 1_000_000);
    for (var i = 0; i < orders.size(); i++) {
      var order = orders.get(i);
      var declined = i % 4 == 1;
      assertThat(platform.called(order, declined ? "CancelOrder" : "ConfirmOrder")).isNotEmpty();
      assertThat(platform.called(order, declined ? "ConfirmOrder" : "CancelOrder")).isEmpty();
      assertThat(platform.charges(order)).isEqualTo(declined ? "FAILED" : "SUCCESS");
    }
  }

  @Test
  void no_step_waits_for_a_poll() {
    // A machine that has much else to do proves nothing: once more. A poll would come every time.
    await().atMost(Duration.ofMinutes(2)).until(this::stepsTakeFarLessThanAnyPoll);
  }

  private boolean stepsTakeFarLessThanAnyPoll() {
    IntStream.range(0, 5).mapToObj(_ -> settled(platform.place("pm_card_visa"))).toList();
    var orders =
        IntStream.range(0, 11).mapToObj(_ -> settled(platform.place("pm_card_visa"))).toList();

    var request = median(orders, OrderPlacedEvent.class, "RequestPayment");
    var complete = median(orders, PaymentRequestedEvent.class, "CompletePayment");
    var confirm = median(orders, PaymentCompletedEvent.class, "ConfirmOrder");
    var whole = median(orders, OrderPlacedEvent.class, "ConfirmOrder");

    LOG.info(
        "Median of 11: OrderPlaced to RequestPayment {} ms, PaymentRequested to CompletePayment"
            + " {} ms, PaymentCompleted to ConfirmOrder {} ms, OrderPlaced to ConfirmOrder {} ms",
        request,
        complete,
        confirm,
        whole);
    // Far more than it takes.
    return whole < 500;
  }

  private OrderId settled(OrderId order) {
    eventually().pollInterval(Duration.ofMillis(5)).until(() -> isSettled(order));
    return order;
  }

  private double median(List<OrderId> orders, Class<? extends DomainEvent> event, String method) {
    return orders.stream()
        .flatMapToDouble(
            order -> DoubleStream.of(platform.commandSide().millis(event, method, order)))
        .sorted()
        .skip(orders.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private boolean isSettled(OrderId order) {
    return platform.commandSide().order(order) != OrderStatus.ORDER_STATUS_PENDING
        && platform.openSagas(order) == 0;
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }
}
