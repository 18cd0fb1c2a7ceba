package dev.orderflow.queryside.ordering;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.cancelled;
import static dev.orderflow.queryside.testing.Events.key;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Failures.assertFails;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.proto.ordering.v1.GetOrderRequest;
import dev.orderflow.proto.ordering.v1.ListOrdersRequest;
import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderItem;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Records on Kafka, as callers see them as orders. Each test has its own users. */
class OrderReadsIT {
  private final RunningQuerySide running = RunningQuerySide.shared();
  private final OrderQueryServiceGrpc.OrderQueryServiceBlockingStub orders =
      OrderQueryServiceGrpc.newBlockingStub(running.channel());

  @AfterEach
  void heal() {
    running.commandSide().failsWith(null);
  }

  @Test
  void an_order_is_read_by_its_customer() {
    running.publisher().publish(placed("ann", 1), cancelled("ann", 1, at(2)));
    var token = running.customer("ann");
    var path = "/orders/" + orderId("ann", 1);
    running.commandSide().failsWith(Status.UNAVAILABLE);
    await().until(() -> running.getAs(token, path).header("ETag").equals("\"2\""));

    var answer = running.getAs(token, path);

    assertThat(answer.json())
        .isEqualTo(
            json(
                """
                {"orderId": "%s", "userId": "ann", "status": "CANCELLED",
                 "items": [{"productId": "KETTLE", "quantity": 2, "price": 50000}],
                 "totalAmount": 100000, "currency": "VND", "version": "%s",
                 "createdAt": "2026-11-22T10:00:01Z", "cancelReason": "PAYMENT_FAILED"}\
                """
                    .formatted(orderId("ann", 1), key("ann", 1))));
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, private");
    assertThat(running.getAs(token, path, "If-None-Match", "\"2\"").status()).isEqualTo(304);
    var message = RunningQuerySide.as(token, orders).getOrder(order("ann", 1));
    assertThat(message.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
    assertThat(message.getRevision()).isEqualTo(2);
    assertThat(message.getPaymentMethod()).isEqualTo("pm_card_visa");
  }

  @Test
  void customers_see_their_own_orders_and_staff_sees_all() {
    running.publisher().publish(placed("cleo", 1), placed("cleo", 2), placed("dan", 3));
    running.commandSide().failsWith(Status.UNAVAILABLE);
    for (var order : List.of(orderId("cleo", 1), orderId("cleo", 2), orderId("dan", 3))) {
      await().until(() -> running.getAs(running.staff(), "/orders/" + order).status() == 200);
    }

    assertProblem(
        running.getAs(running.customer("dan"), "/orders/" + orderId("cleo", 1)),
        404,
        "ORDER_NOT_FOUND");
    assertFails(
        () -> RunningQuerySide.as(running.customer("dan"), orders).getOrder(order("cleo", 1)),
        Status.Code.NOT_FOUND,
        "ORDER_NOT_FOUND");
    assertThat(idsOf(running.getAs(running.customer("cleo"), "/orders").json()))
        .containsExactly(orderId("cleo", 2).value(), orderId("cleo", 1).value());
    assertThat(
            RunningQuerySide.as(running.customer("dan"), orders)
                .listOrders(ListOrdersRequest.getDefaultInstance())
                .getOrdersList())
        .extracting(Order::getOrderId)
        .containsExactly(orderId("dan", 3).value());
    assertThat(allOrders()).contains(orderId("cleo", 1).value(), orderId("dan", 3).value());
    var first = running.getAs(running.customer("cleo"), "/orders?pageSize=1").json();
    var second =
        running.getAs(
            running.customer("cleo"), "/orders?pageToken=" + first.get("nextPageToken").asString());
    assertThat(idsOf(second.json())).containsExactly(orderId("cleo", 1).value());
  }

  /** As staff see them, those of other tests included. */
  private List<String> allOrders() {
    var ids = new ArrayList<String>();
    var next = "/orders?pageSize=100";
    while (next != null) {
      var page = running.getAs(running.staff(), next).json();
      ids.addAll(idsOf(page));
      var token = page.path("nextPageToken").asString("");
      next = token.isEmpty() ? null : "/orders?pageSize=100&pageToken=" + token;
    }
    return ids;
  }

  @Test
  void orders_need_a_token_that_holds() {
    var expired =
        SigningKeys.TRUSTED.token(SigningKeys.ISSUER, "ann", "customer", Duration.ofHours(-1));

    assertProblem(running.get("/orders/ORD-1"), 401, "UNAUTHENTICATED");
    assertProblem(running.get("/orders"), 401, "UNAUTHENTICATED");
    assertProblem(running.getAs(expired, "/orders"), 401, "UNAUTHENTICATED");
    assertProblem(running.getAs("nonsense", "/orders"), 401, "UNAUTHENTICATED");
    assertFails(
        () -> orders.getOrder(order("ann", 1)), Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED");
    assertFails(
        () -> RunningQuerySide.as(expired, orders).getOrder(order("ann", 1)),
        Status.Code.UNAUTHENTICATED,
        "UNAUTHENTICATED");
    assertFails(
        () ->
            RunningQuerySide.as(running.staff(), orders)
                .listOrders(ListOrdersRequest.getDefaultInstance()),
        Status.Code.PERMISSION_DENIED,
        "FORBIDDEN");
  }

  @Test
  void an_order_that_has_not_arrived_yet_is_found_in_the_name_of_its_customer() {
    var id = orderId("eve", 1).value();
    running.commandSide().knows(pending("eve", 1));
    var token = running.customer("eve");

    var answer = running.getAs(token, "/orders/" + id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.json())
        .isEqualTo(
            json(
                """
                {"orderId": "%s", "userId": "eve", "status": "PENDING",
                 "items": [{"productId": "KETTLE", "quantity": 2, "price": 50000}],
                 "totalAmount": 100000, "currency": "VND", "version": "%s",
                 "createdAt": "2026-11-22T10:00:01Z"}\
                """
                    .formatted(id, key("eve", 1))));
    assertThat(running.commandSide().tokens()).contains("Bearer " + token);
    assertThat(running.commandSide().asked()).containsOnlyOnce(id);
    assertThat(RunningQuerySide.as(token, orders).getOrder(order("eve", 1)))
        .isEqualTo(pending("eve", 1));
  }

  @Test
  void an_order_that_nobody_knows_is_a_problem() {
    assertProblem(
        running.getAs(running.customer("ann"), "/orders/ORD-none"), 404, "ORDER_NOT_FOUND");
    assertProblem(running.getAs(running.customer("ann"), "/orders/none"), 404, "ORDER_NOT_FOUND");
    assertFails(
        () -> RunningQuerySide.as(running.customer("ann"), orders).getOrder(order("ann", 99)),
        Status.Code.NOT_FOUND,
        "ORDER_NOT_FOUND");
  }

  @Test
  void an_order_that_cannot_be_asked_for_is_not_said_to_be_unknown() {
    for (var status : List.of(Status.UNAVAILABLE, Status.DEADLINE_EXCEEDED)) {
      running.commandSide().failsWith(status);

      var answer = running.getAs(running.customer("ann"), "/orders/ORD-none");

      assertProblem(answer, 503, "UNAVAILABLE");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertFails(
          () -> RunningQuerySide.as(running.customer("ann"), orders).getOrder(order("ann", 99)),
          Status.Code.UNAVAILABLE,
          "UNAVAILABLE");
    }
  }

  @Test
  void a_malformed_answer_of_the_command_side_is_no_fault_of_the_caller() {
    running.commandSide().knows(pending("eve", 2).toBuilder().clearVersion().build());

    assertProblem(
        running.getAs(running.customer("eve"), "/orders/" + orderId("eve", 2)), 500, "INTERNAL");
  }

  private static List<String> idsOf(JsonNode page) {
    var ids = new ArrayList<String>();
    page.get("orders").forEach(order -> ids.add(order.get("orderId").asString()));
    return ids;
  }

  private static JsonNode json(String text) {
    return RunningQuerySide.JSON.readTree(text);
  }

  private static GetOrderRequest order(String user, int number) {
    return GetOrderRequest.newBuilder().setOrderId(orderId(user, number).value()).build();
  }

  private static Order pending(String user, int number) {
    var time = Timestamp.newBuilder().setSeconds(at(number).getEpochSecond()).build();
    return Order.newBuilder()
        .setOrderId(orderId(user, number).value())
        .setUserId(user)
        .setStatus(OrderStatus.ORDER_STATUS_PENDING)
        .addItems(OrderItem.newBuilder().setProductId("KETTLE").setQuantity(2).setPrice("50000"))
        .setTotalAmount("100000")
        .setCurrency("VND")
        .setVersion(key(user, number).value())
        .setRevision(1)
        .setCreatedAt(time)
        .setUpdatedAt(time)
        .build();
  }
}
