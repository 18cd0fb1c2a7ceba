package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import dev.orderflow.proto.inventory.v1.ReceiveStockRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receipt with a key is taken in once, whichever instance and surface it comes to. */
@ExtendWith(SharedCommandSide.class)
class ReceiptIT {
  private final RunningCommandSide commandSide;

  ReceiptIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void a_receipt_that_is_repeated_takes_nothing_in_and_says_so() {
    var product = commandSide.product(0);

    var first = receive(commandSide.first(), product, 7, "note-17");
    var again = receive(commandSide.second(), product, 7, "\"note-17\"");

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.raw().headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(again.raw().headers().firstValue("Orderflow-Consistency"))
        .isEqualTo(first.raw().headers().firstValue("Orderflow-Consistency"));
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.body().path("available").asInt()).isEqualTo(7);
  }

  @Test
  void a_key_stands_for_one_quantity() {
    var product = commandSide.product(0);
    receive(commandSide.first(), product, 7, "note-17");

    var other = receive(commandSide.second(), product, 8, "note-17");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(levels(product)).isEqualTo(7);
  }

  @Test
  void a_key_counts_for_its_product_alone() {
    var product = commandSide.product(0);
    var other = commandSide.product(0);
    receive(commandSide.first(), product, 7, "note-17");

    assertThat(receive(commandSide.first(), other, 8, "note-17").status()).isEqualTo(200);
    assertThat(levels(other)).isEqualTo(8);
  }

  @Test
  void both_surfaces_know_the_key() {
    var product = commandSide.product(0);
    var stock = commandSide.grpc(InventoryServiceGrpc::newBlockingStub, commandSide.staff());
    var request =
        ReceiveStockRequest.newBuilder()
            .setProductId(product)
            .setQuantity(7)
            .setIdempotencyKey("note-17");
    receive(commandSide.first(), product, 7, "note-17");

    var again = stock.receiveStock(request.build());

    assertThat(again.getReplayed()).isTrue();
    assertThat(again.getAvailable()).isEqualTo(7);
    assertThat(stock.receiveStock(request.clone().clearIdempotencyKey().build()))
        .returns(false, levels -> levels.getReplayed())
        .returns(14L, levels -> levels.getAvailable());
    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> stock.receiveStock(request.clone().setQuantity(8).build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "a b"})
  void a_key_without_its_form_is_refused(String key) {
    var product = commandSide.product(0);

    var refused = receive(commandSide.first(), product, 7, key);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("INVALID_IDEMPOTENCY_KEY");
    assertThat(levels(product)).isZero();
  }

  @Test
  void a_receipt_of_nothing_is_refused() {
    var refused = receive(commandSide.first(), commandSide.product(0), 0, "note-17");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
  }

  @Test
  void a_new_instance_knows_the_keys_of_those_before() {
    var product = commandSide.product(0);
    receive(commandSide.first(), product, 7, "note-17");

    try (var late = commandSide.another()) {
      var again = receive(late, product, 7, "note-17");

      assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).contains("true");
    }
    assertThat(levels(product)).isEqualTo(7);
  }

  private Instance.Answer receive(Instance instance, String product, int quantity, String key) {
    return instance.send(
        "POST",
        "/inventory/" + product + "/receipts",
        commandSide.staff(),
        "{\"quantity\": " + quantity + "}",
        "Idempotency-Key",
        key);
  }

  private int levels(String product) {
    return commandSide.levels(product).getFirst();
  }
}
