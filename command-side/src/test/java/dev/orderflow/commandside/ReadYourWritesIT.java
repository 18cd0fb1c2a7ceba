package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.commandside.Instance.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every write answers with the state it has left, so that a read can ask for it. */
@ExtendWith(SharedCommandSide.class)
class ReadYourWritesIT {
  private final RunningCommandSide commandSide;

  ReadYourWritesIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void a_write_of_the_catalog_names_the_product_as_it_has_left_it() {
    var created =
        write("POST", "/products", "{\"name\": \"Lamp\", \"price\": 1, \"currency\": \"VND\"}");
    var product = created.body().path("productId").asString();

    assertNames(created, 201, "v1.product.1." + product);
    assertNames(
        commandSide.changePrice(commandSide.second(), product, 2), 200, "v1.product.2." + product);
    assertNames(on(product, "deactivate"), 200, "v1.product.3." + product);
    assertNames(on(product, "activate"), 200, "v1.product.4." + product);
  }

  @Test
  void a_write_that_changes_nothing_names_the_state_that_it_met() {
    var product = commandSide.product(0);
    commandSide.changePrice(commandSide.first(), product, 2);

    assertNames(on(product, "activate"), 200, "v1.product.2." + product);
    assertNames(
        commandSide.changePrice(commandSide.second(), product, 2), 200, "v1.product.2." + product);
  }

  @Test
  void a_receipt_names_the_stock_although_another_caller_has_changed_it_before() {
    var product = commandSide.product(5);
    commandSide.orderId(product);

    assertNames(commandSide.receive(commandSide.first(), product, 1), 200, "v1.stock.3." + product);
    assertNames(
        commandSide.receive(commandSide.second(), product, 1), 200, "v1.stock.4." + product);
  }

  @Test
  void an_order_is_named_when_it_is_placed_replayed_and_cancelled() {
    var product = commandSide.product(5);
    var key = RunningCommandSide.newKey("alice");

    var placed =
        commandSide.order(commandSide.first(), commandSide.alice(), key, product, 1, "50000", 1);
    var order = placed.body().path("orderId").asString();
    assertNames(placed, 201, "v1.order.1." + order);
    assertNames(cancel(order), 202, "v1.order.2." + order);
    assertNames(cancel(order), 202, "v1.order.2." + order);
    assertNames(
        commandSide.order(commandSide.second(), commandSide.alice(), key, product, 1, "50000", 1),
        200,
        "v1.order.2." + order);
  }

  @Test
  void a_write_that_is_refused_names_nothing() {
    var refused = write("POST", "/products/NO-SUCH/activate", "");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.raw().headers().allValues("Orderflow-Consistency")).isEmpty();
  }

  private static void assertNames(Answer answer, int status, String token) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
    assertThat(answer.raw().headers().allValues("Orderflow-Consistency")).containsExactly(token);
  }

  private Answer on(String product, String call) {
    return write("POST", "/products/" + product + "/" + call, "");
  }

  private Answer cancel(String order) {
    return commandSide
        .second()
        .send("POST", "/orders/" + order + "/cancel", commandSide.alice(), "");
  }

  private Answer write(String method, String path, String body) {
    return commandSide.first().send(method, path, commandSide.staff(), body);
  }
}
