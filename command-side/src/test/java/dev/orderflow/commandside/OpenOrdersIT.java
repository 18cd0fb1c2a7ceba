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

  private final RunningCommandSide commandSide = RunningCommandSide.withTwoInstances(SETTINGS);
  private int customers;
  private String customer;
  private String product;

  @AfterAll
  void close() {
    commandSide.close();
  }

  @BeforeEach
  void a_customer_without_orders() {
    customer = "customer" + customers++;
    product = commandSide.product(PIECES);
  }

  @Test
  void one_more_is_refused_until_another_one_has_ended() {
    var first = place(commandSide.first(), 1);
    placeUntilFull(commandSide.first(), MOST - 1);

    var refused = place(commandSide.first(), 1);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("RATE_LIMITED");
    assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.body().path("detail").asString()).contains(MOST + " orders");
    assertThat(commandSide.levels(product)).containsExactly(PIECES - MOST, MOST, 0);
    assertThat(grpcRefusal().getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    cancel(first);
    eventually().until(() -> place(commandSide.first(), 1).status() == 201);
    assertThat(place(commandSide.first(), 1).status()).isEqualTo(429);
  }

  @Test
  void an_order_whose_pieces_would_be_too_many_is_refused_until_others_are_free() {
    product = commandSide.product(MOST_PIECES + 5);
    var first = place(commandSide.first(), MOST_PIECES - 1);

    var refused = place(commandSide.first(), 2);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().path("detail").asString()).contains(MOST_PIECES + " pieces");
    assertThat(place(commandSide.first(), 1).status()).isEqualTo(201);
    eventually().until(() -> place(commandSide.second(), 6).status() == 429);
    try (var restarted = commandSide.another(SETTINGS)) {
      assertThat(place(restarted, 1).status()).isEqualTo(429);
    }
    cancel(first);
    eventually().until(() -> place(commandSide.first(), MOST_PIECES - 1).status() == 201);
    assertThat(place(commandSide.first(), 1).status()).isEqualTo(429);
  }

  private void cancel(Instance.Answer order) {
    var orderId = order.body().path("orderId").asString();
    assertThat(
            commandSide
                .first()
                .send("POST", "/orders/" + orderId + "/cancel", token(), "")
                .status())
        .isEqualTo(202);
  }

  @Test
  void who_has_as_many_as_allowed_is_still_answered_with_the_order_of_a_key() {
    var key = RunningCommandSide.newKey(customer);
    assertThat(place(commandSide.first(), key, 1).status()).isEqualTo(201);
    placeUntilFull(commandSide.first(), MOST - 1);
    assertThat(place(commandSide.first(), 1).status()).isEqualTo(429);

    var again = place(commandSide.first(), key, 1);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(place(commandSide.first(), key, 2).code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void others_may_place_orders_meanwhile() {
    placeUntilFull(commandSide.first(), MOST);
    assertThat(place(commandSide.first(), 1).status()).isEqualTo(429);

    customer = "another" + customer;

    assertThat(place(commandSide.first(), 1).status()).isEqualTo(201);
  }

  @Test
  void what_was_refused_for_another_reason_takes_no_place() {
    for (var i = 0; i < 2 * MOST; i++) {
      assertThat(place(commandSide.first(), PIECES + 1).code()).isEqualTo("INSUFFICIENT_STOCK");
    }

    placeUntilFull(commandSide.first(), MOST);
  }

  @Test
  void many_at_once_get_no_more() throws Exception {
    var answers =
        RunningCommandSide.together(
            Stream.generate(() -> (Callable<Instance.Answer>) () -> place(commandSide.first(), 1))
                .limit(PIECES)
                .toList());

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(MOST);
    assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(PIECES - MOST);
  }

  @Test
  void what_was_placed_on_another_instance_counts_soon() {
    placeUntilFull(commandSide.first(), MOST);

    // An order that cannot be placed shows it, and takes no place until then.
    eventually().until(() -> place(commandSide.second(), PIECES + 1).status() == 429);
  }

  @Test
  void what_was_placed_before_a_restart_counts() {
    placeUntilFull(commandSide.first(), MOST);

    try (var restarted = commandSide.another(SETTINGS)) {
      assertThat(place(restarted, 1).status()).isEqualTo(429);
    }
  }

  private void placeUntilFull(Instance instance, int count) {
    for (var i = 0; i < count; i++) {
      assertThat(place(instance, 1).status()).isEqualTo(201);
    }
  }

  private Instance.Answer place(Instance instance, int quantity) {
    return place(instance, RunningCommandSide.newKey(customer), quantity);
  }

  private Instance.Answer place(Instance instance, String key, int quantity) {
    return commandSide.order(instance, token(), key, product, quantity, "50000", 1);
  }

  private StatusRuntimeException grpcRefusal() {
    var orders = commandSide.grpc(OrderServiceGrpc::newBlockingStub, token());
    eventually().until(() -> place(commandSide.second(), PIECES + 1).status() == 429);
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            orders.placeOrder(
                PlaceOrderRequest.newBuilder()
                    .setVersion(RunningCommandSide.newKey(customer))
                    .addItems(
                        PlaceOrderItem.newBuilder()
                            .setProductId(product)
                            .setQuantity(1)
                            .setExpectedPrice("50000")
                            .setPriceVersion(1))
                    .build()));
  }

  private String token() {
    return commandSide.token(customer, "customer");
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100));
  }
}
