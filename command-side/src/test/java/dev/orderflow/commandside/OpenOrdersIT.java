package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.PlaceOrderItem;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A customer has a limited number of orders that are neither confirmed nor cancelled, and of pieces
 * in them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenOrdersIT {
  private static final int MOST = 3;
  private static final int PIECES = 20;
  private static final int MOST_PIECES = 30;
  private static final String[] SETTINGS = {
    "--orderflow.ordering.max-open-orders=" + MOST,
    "--orderflow.ordering.max-open-pieces=" + MOST_PIECES,
    "--orderflow.ordering.max-pieces=" + MOST_PIECES
  };

  private final Shop shop = Shop.withTwoInstances(SETTINGS);
  private int customers;
  private String customer;
  private String product;

  @AfterAll
  void close() {
    shop.close();
  }

  @BeforeEach
  void a_customer_without_orders() {
    customer = "customer" + customers++;
    product = shop.product(PIECES);
  }

  @Test
  void one_more_is_refused_until_another_one_has_ended() {
    var first = place(shop.first(), 1);
    placeUntilFull(shop.first(), MOST - 1);

    var refused = place(shop.first(), 1);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("RATE_LIMITED");
    assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.body().path("detail").asString()).contains(MOST + " orders");
    assertThat(shop.levels(product)).containsExactly(PIECES - MOST, MOST, 0);
    assertThat(grpcRefusal().getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    cancel(first);
    eventually().until(() -> place(shop.first(), 1).status() == 201);
    assertThat(place(shop.first(), 1).status()).isEqualTo(429);
  }

  @Test
  void an_order_whose_pieces_would_be_too_many_is_refused_until_others_are_free() {
    product = shop.product(MOST_PIECES + 5);
    var first = place(shop.first(), MOST_PIECES - 1);

    var refused = place(shop.first(), 2);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().path("detail").asString()).contains(MOST_PIECES + " pieces");
    assertThat(place(shop.first(), 1).status()).isEqualTo(201);
    eventually().until(() -> place(shop.second(), 6).status() == 429);
    try (var restarted = shop.another(SETTINGS)) {
      assertThat(place(restarted, 1).status()).isEqualTo(429);
    }
    cancel(first);
    eventually().until(() -> place(shop.first(), MOST_PIECES - 1).status() == 201);
    assertThat(place(shop.first(), 1).status()).isEqualTo(429);
  }

  private void cancel(Instance.Answer order) {
    var orderId = order.body().path("orderId").asString();
    assertThat(shop.first().send("POST", "/orders/" + orderId + "/cancel", token(), "").status())
        .isEqualTo(202);
  }

  @Test
  void who_has_as_many_as_allowed_is_still_answered_with_the_order_of_a_key() {
    var key = Shop.newKey(customer);
    assertThat(place(shop.first(), key, 1).status()).isEqualTo(201);
    placeUntilFull(shop.first(), MOST - 1);
    assertThat(place(shop.first(), 1).status()).isEqualTo(429);

    var again = place(shop.first(), key, 1);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(place(shop.first(), key, 2).code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void others_may_place_orders_meanwhile() {
    placeUntilFull(shop.first(), MOST);
    assertThat(place(shop.first(), 1).status()).isEqualTo(429);

    customer = "another" + customer;

    assertThat(place(shop.first(), 1).status()).isEqualTo(201);
  }

  @Test
  void what_was_refused_for_another_reason_takes_no_place() {
    for (var i = 0; i < 2 * MOST; i++) {
      assertThat(place(shop.first(), PIECES + 1).code()).isEqualTo("INSUFFICIENT_STOCK");
    }

    placeUntilFull(shop.first(), MOST);
  }

  @Test
  void many_at_once_get_no_more() throws Exception {
    var answers =
        Shop.together(
            Stream.generate(() -> (Callable<Instance.Answer>) () -> place(shop.first(), 1))
                .limit(PIECES)
                .toList());

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(MOST);
    assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(PIECES - MOST);
  }

  @Test
  void what_was_placed_on_another_instance_counts_soon() {
    placeUntilFull(shop.first(), MOST);

    // An order that cannot be placed shows it, and takes no place until then.
    eventually().until(() -> place(shop.second(), PIECES + 1).status() == 429);
  }

  @Test
  void what_was_placed_before_a_restart_counts() {
    placeUntilFull(shop.first(), MOST);

    try (var restarted = shop.another(SETTINGS)) {
      assertThat(place(restarted, 1).status()).isEqualTo(429);
    }
  }

  private void placeUntilFull(Instance instance, int count) {
    for (var i = 0; i < count; i++) {
      assertThat(place(instance, 1).status()).isEqualTo(201);
    }
  }

  private Instance.Answer place(Instance instance, int quantity) {
    return place(instance, Shop.newKey(customer), quantity);
  }

  private Instance.Answer place(Instance instance, String key, int quantity) {
    return shop.order(instance, token(), key, product, quantity, "50000", 1);
  }

  private StatusRuntimeException grpcRefusal() {
    var orders = shop.grpc(OrderServiceGrpc::newBlockingStub, token());
    eventually().until(() -> place(shop.second(), PIECES + 1).status() == 429);
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            orders.placeOrder(
                PlaceOrderRequest.newBuilder()
                    .setVersion(Shop.newKey(customer))
                    .addItems(
                        PlaceOrderItem.newBuilder()
                            .setProductId(product)
                            .setQuantity(1)
                            .setExpectedPrice("50000")
                            .setPriceVersion(1))
                    .build()));
  }

  private String token() {
    return shop.token(customer, "customer");
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100));
  }
}
