package dev.orderflow.queryside.ordering;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.cancelled;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Failures.assertFails;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.orderflow.proto.ordering.v1.ListAllOrdersRequest;
import dev.orderflow.proto.ordering.v1.ListOrdersRequest;
import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists of orders, narrowed in every way there is; of customers and products of their own. */
class OrderSelectionsIT {
  private static final RunningQuerySide RUNNING = RunningQuerySide.shared();
  private static final String GUS = RUNNING.customer("gus");
  private final OrderQueryServiceGrpc.OrderQueryServiceBlockingStub orders =
      OrderQueryServiceGrpc.newBlockingStub(RUNNING.channel());

  /** Gus's orders 1 to 6, a second apart, and one of Hal's; of two products, in all states. */
  @BeforeAll
  static void place() {
    RUNNING
        .publisher()
        .publish(
            placed("gus", 1, at(1), "GRINDER"),
            placed("gus", 2, at(2), "GRINDER"),
            placed("gus", 3, at(3), "SCALE"),
            placed("gus", 4, at(4), "GRINDER"),
            placed("gus", 5, at(5), "SCALE"),
            placed("gus", 6, at(6), "GRINDER"),
            placed("hal", 7, at(4), "GRINDER"),
            confirmed("gus", 1, at(7)),
            confirmed("gus", 3, at(7)),
            cancelled("gus", 2, at(7)),
            cancelled("hal", 7, at(7)));
    for (var order : List.of(orderId("gus", 6), orderId("hal", 7))) {
      await().until(() -> RUNNING.getAs(RUNNING.staff(), "/orders/" + order).status() == 200);
    }
    await()
        .until(() ->
            RUNNING
                .getAs(RUNNING.staff(), "/orders/" + orderId("hal", 7))
                .header("ETag")
                .equals("\"2\""));
    await().until(() -> idsOf(RUNNING.getAs(GUS, "/orders?status=PENDING").json()).size() == 3);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                                                       654321",
    "?status=PENDING,                                                          654",
    "?status=CONFIRMED,                                                        31",
    "?status=CANCELLED,                                                        2",
    "?placedFrom=2026-11-22T10:00:03Z,                                         6543",
    "?placedTo=2026-11-22T10:00:03Z,                                           21",
    "?placedFrom=2026-11-22T17:00:02%2B07:00&placedTo=2026-11-22T10:00:05Z,    432",
    "?placedFrom=2026-11-22T10:00:03Z&placedTo=2026-11-22T10:00:03Z,           ''",
    "?status=PENDING&placedTo=2026-11-22T10:00:06Z,                            54",
    "?status=&placedFrom=&placedTo=,                                           654321",
    "?placedFrom=0001-01-01T00:00:00Z&placedTo=9999-12-31T23:59:59Z,           654321"
  })
  void a_customer_selects_among_the_own_orders(String query, String numbers) {
    var answer = RUNNING.getAs(GUS, "/orders" + query);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(idsOf(answer.json())).isEqualTo(gus(numbers));
  }

  @ParameterizedTest
  @CsvSource({
    "userId=gus,                                                654321, false",
    "userId=hal,                                                '',     true",
    "productId=GRINDER,                                         6421,   true",
    "productId=SCALE,                                           53,     false",
    "productId=SCALE&status=CONFIRMED,                          3,      false",
    "productId=GRINDER&userId=gus,                              6421,   false",
    "productId=GRIND,                                           '',     false",
    "userId=gus&status=PENDING&placedFrom=2026-11-22T10:00:05Z, 65,     false",
    "userId=nobody,                                             '',     false"
  })
  void staff_selects_among_all_orders(String query, String gus, boolean hal) {
    var answer = RUNNING.getAs(RUNNING.staff(), "/admin/orders?" + query);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    var expected = new ArrayList<>(gus(gus));
    if (hal) {
      expected.add(orderId("hal", 7).value());
    }
    assertThat(idsOf(answer.json())).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void staff_finds_an_order_by_its_id_when_all_else_fits() {
    var order = orderId("gus", 3).value();

    assertThat(idsOf(all("?orderId=" + order))).containsExactly(order);
    assertThat(idsOf(all("?orderId=" + order + "&userId=gus&status=CONFIRMED")))
        .containsExactly(order);
    assertThat(idsOf(all("?orderId=" + order + "&userId=hal"))).isEmpty();
    assertThat(idsOf(all("?orderId=ORD-none"))).isEmpty();
  }

  @Test
  void grpc_selects_the_same() {
    var caller = RunningQuerySide.as(GUS, orders);
    var staff = RunningQuerySide.as(RUNNING.staff(), orders);

    assertThat(
            caller
                .listOrders(
                    ListOrdersRequest.newBuilder()
                        .setStatus(OrderStatus.ORDER_STATUS_PENDING)
                        .setPlacedFrom(time(at(5)))
                        .setPlacedTo(time(at(6)))
                        .build())
                .getOrdersList())
        .extracting(Order::getOrderId)
        .isEqualTo(gus("5"));
    assertThat(
            staff
                .listAllOrders(
                    ListAllOrdersRequest.newBuilder()
                        .setUserId("gus")
                        .setProductId("GRINDER")
                        .setStatus(OrderStatus.ORDER_STATUS_CANCELLED)
                        .setOrderId(orderId("gus", 2).value())
                        .setPlacedFrom(time(at(2)))
                        .setPlacedTo(time(at(3)))
                        .build())
                .getOrdersList())
        .extracting(Order::getOrderId)
        .isEqualTo(gus("2"));
  }

  @Test
  void a_selection_comes_page_by_page_over_both_surfaces() {
    var ids = new ArrayList<String>();
    var query = "?userId=gus&productId=GRINDER&pageSize=1";
    var page = all(query);
    ids.addAll(idsOf(page));
    var token = page.get("nextPageToken").asString();
    var overGrpc =
        RunningQuerySide.as(RUNNING.staff(), orders)
            .listAllOrders(
                ListAllOrdersRequest.newBuilder()
                    .setUserId("gus")
                    .setProductId("GRINDER")
                    .setPageSize(2)
                    .setPageToken(token)
                    .build());
    overGrpc.getOrdersList().forEach(order -> ids.add(order.getOrderId()));
    var last = all(query + "&pageToken=" + overGrpc.getNextPageToken());
    ids.addAll(idsOf(last));

    assertThat(ids).isEqualTo(gus("6421"));
    assertThat(last.has("nextPageToken")).isFalse();
  }

  @Test
  void a_page_token_holds_for_its_selection_only() {
    var token =
        RUNNING
            .getAs(GUS, "/orders?status=PENDING&pageSize=1")
            .json()
            .get("nextPageToken")
            .asString();
    var plain = RUNNING.getAs(GUS, "/orders?pageSize=1").json().get("nextPageToken").asString();

    for (var path :
        List.of(
            "/orders?pageToken=" + token,
            "/orders?status=CONFIRMED&pageToken=" + token,
            "/orders?status=PENDING&placedTo=2026-11-22T10:00:06Z&pageToken=" + token,
            "/orders?status=PENDING&pageToken=" + plain)) {
      assertRefused(RUNNING.getAs(GUS, path), "pageToken");
    }
    assertFails(
        () ->
            RunningQuerySide.as(GUS, orders)
                .listOrders(ListOrdersRequest.newBuilder().setPageToken(token).build()),
        Status.Code.INVALID_ARGUMENT,
        "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=pending",
        "status=PAID",
        "status=0",
        "placedFrom=2026-11-22",
        "placedFrom=2026-11-22T10:00:00",
        "placedFrom=yesterday",
        "placedFrom=2026-11-22T10:00:00+07:00", // a blank, to those who decode it
        "placedFrom=%2B999999999-12-31T23:59:59Z",
        "placedFrom=0000-12-31T23:59:59Z",
        "placedTo=10000-01-01T00:00:00Z",
        "placedTo=9999-12-31T23:59:59-18:00",
        "placedTo=-999999999-01-01T00:00:00%2B18:00",
        "placedFrom=2026-11-22T10:00:03Z&placedTo=2026-11-22T10:00:02Z",
        "pageToken=AAAA"
      })
  void what_cannot_be_selected_is_refused_by_name(String query) {
    var name = query.substring(0, query.indexOf('='));

    assertRefused(RUNNING.getAs(GUS, "/orders?" + query), name);
    assertRefused(RUNNING.getAs(RUNNING.staff(), "/orders?" + query), name);
    assertRefused(RUNNING.getAs(RUNNING.staff(), "/admin/orders?" + query), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orderId=1",
        "orderId=%00",
        "userId=a%20b",
        "userId=%c3%a9",
        "productId=-",
        "productId=%22"
      })
  void what_cannot_be_an_id_is_refused_by_name(String query) {
    assertRefused(
        RUNNING.getAs(RUNNING.staff(), "/admin/orders?" + query),
        query.substring(0, query.indexOf('=')));
  }

  @Test
  void all_that_is_wrong_is_named_at_once() {
    var answer =
        RUNNING.getAs(RUNNING.staff(), "/admin/orders?orderId=1&status=x&placedFrom=x&placedTo=x");

    assertThat(
            answer
                .json()
                .get("violations")
                .valueStream()
                .map(violation -> violation.get("field").asString()))
        .containsExactly("orderId", "status", "placedFrom", "placedTo");
  }

  @Test
  void what_cannot_be_selected_is_refused_over_grpc() {
    var caller = RunningQuerySide.as(GUS, orders);
    var never = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();
    for (var request :
        List.of(
            ListOrdersRequest.newBuilder().setStatusValue(99).build(),
            ListOrdersRequest.newBuilder().setPlacedFrom(never).build(),
            ListOrdersRequest.newBuilder().setPlacedTo(Timestamp.newBuilder().setNanos(-1)).build(),
            ListOrdersRequest.newBuilder()
                .setPlacedTo(Timestamp.newBuilder().setSeconds(300_000_000_000L))
                .build(),
            ListOrdersRequest.newBuilder()
                .setPlacedFrom(time(at(2)))
                .setPlacedTo(time(at(1)))
                .build())) {
      assertFails(
          () -> caller.listOrders(request), Status.Code.INVALID_ARGUMENT, "VALIDATION_FAILED");
    }
    assertFails(
        () ->
            RunningQuerySide.as(RUNNING.staff(), orders)
                .listAllOrders(ListAllOrdersRequest.newBuilder().setProductId("-").build()),
        Status.Code.INVALID_ARGUMENT,
        "VALIDATION_FAILED");
  }

  private static void assertRefused(RunningQuerySide.Answer answer, String field) {
    assertProblem(answer, 400, "VALIDATION_FAILED");
    assertThat(answer.json().get("violations").get(0).get("field").asString()).isEqualTo(field);
  }

  private static JsonNode all(String query) {
    return RUNNING.getAs(RUNNING.staff(), "/admin/orders" + query).json();
  }

  private static List<String> gus(String numbers) {
    return IntStream.range(0, numbers.length())
        .mapToObj(at -> orderId("gus", numbers.charAt(at) - '0').value())
        .toList();
  }

  private static List<String> idsOf(JsonNode page) {
    return page.get("orders").valueStream().map(it -> it.get("orderId").asString()).toList();
  }

  private static Timestamp time(Instant instant) {
    return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
  }
}
