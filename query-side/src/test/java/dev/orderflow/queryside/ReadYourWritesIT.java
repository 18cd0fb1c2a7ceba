package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.cancelled;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Events.priced;
import static dev.orderflow.queryside.testing.Events.received;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.queryside.testing.RunningQuerySide;
import dev.orderflow.queryside.testing.RunningQuerySide.Answer;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read that names a write shows it. Each test has its own products and users. */
class ReadYourWritesIT {
  private static final String HEADER = "Orderflow-Consistency";

  private final RunningQuerySide running = RunningQuerySide.shared();

  @BeforeEach
  void the_view_is_all_there_is() {
    running.commandSide().failsWith(Status.UNAVAILABLE);
  }

  @AfterEach
  void heal() {
    running.commandSide().failsWith(null);
  }

  @Test
  void a_product_is_read_as_it_was_written() throws Exception {
    running.publisher().publish(created("OWN-1", 0));
    running.awaitVersion("OWN-1", 1);

    var read = start(() -> running.get("/products/OWN-1", HEADER, "v1.product.2.OWN-1"));
    awaitWatched("OWN-1");
    running.publisher().publish(priced("OWN-1", 1, "60000", 2));

    assertThat(answer(read).json().get("priceVersion").asLong()).isEqualTo(2);
    assertThat(running.get("/products/OWN-1", HEADER, "v1.product.1.OWN-1").status())
        .as("what is there is not waited for")
        .isEqualTo(200);
  }

  @Test
  void stock_that_was_received_is_seen_with_its_product() throws Exception {
    running.publisher().publish(received("OWN-2", 0, 7));
    await().until(() -> running.database().hasStock("OWN-2"));

    var read = start(() -> running.get("/products/OWN-2", HEADER, "v1.stock.1.OWN-2"));
    awaitWatched("OWN-2");
    running.publisher().publish(created("OWN-2", 0));

    assertThat(answer(read).json().get("available").asLong()).isEqualTo(7);
  }

  @Test
  void a_list_of_products_shows_several_writes() throws Exception {
    running.publisher().publish(created("OWN-3", 0));
    running.awaitVersion("OWN-3", 1);

    var read =
        start(() ->
            running.get(
                "/products?pageSize=100",
                HEADER,
                "v1.product.1.OWN-3, v1.product.1.OWN-4",
                HEADER,
                "v1.stock.1.OWN-3"));
    awaitWatched("OWN-4");
    running.publisher().publish(created("OWN-4", 0));
    awaitWatched("OWN-3");
    running.publisher().publish(received("OWN-3", 0, 5));

    assertThat(answer(read).json().get("products").valueStream())
        .anyMatch(product -> product.get("productId").asString().equals("OWN-4"))
        .anyMatch(product ->
            product.get("productId").asString().equals("OWN-3")
                && product.get("available").asLong() == 5);
  }

  @Test
  void orders_are_read_as_they_were_written() throws Exception {
    var id = orderId("iris", 1).value();
    var iris = running.customer("iris");
    var list = start(() -> running.getAs(iris, "/orders", HEADER, "v1.order.1." + id));
    awaitWatched(id);
    running.publisher().publish(placed("iris", 1));

    assertThat(answer(list).json().get("orders")).hasSize(1);

    var path = "/orders/" + id;
    var order = start(() -> running.getAs(iris, path, HEADER, "v1.order.2." + id));
    var events = start(() -> running.getAs(iris, path + "/events", HEADER, "v1.order.2." + id));
    awaitWatched(id);
    running.publisher().publish(cancelled("iris", 1, at(2)));

    assertThat(answer(order).header("ETag")).isEqualTo("\"2\"");
    assertThat(answer(events).response().body()).contains("id:2").doesNotContain("id:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/orders", "/admin/orders.csv"})
  void a_selection_of_all_orders_shows_a_write(String path) throws Exception {
    var user = "ines-" + path.length();
    var id = orderId(user, 1).value();
    var list =
        start(() ->
            running.getAs(running.staff(), path + "?userId=" + user, HEADER, "v1.order.1." + id));
    awaitWatched(id);
    running.publisher().publish(placed(user, 1));

    assertThat(answer(list).response().body()).contains(id);
  }

  @Test
  void what_does_not_come_is_unavailable_for_now() {
    running.publisher().publish(created("OWN-5", 0), placed("jane", 1), placed("jack", 1));
    running.awaitVersion("OWN-5", 1);
    var jane = running.customer("jane");
    var janes = orderId("jane", 1).value();
    var jacks = orderId("jack", 1).value();
    for (var order : Stream.of(janes, jacks).toList()) {
      await().until(() -> running.getAs(running.staff(), "/orders/" + order).status() == 200);
    }

    var reads =
        Stream.<Supplier<Answer>>of(
                () -> running.get("/products", HEADER, "v1.product.9.OWN-5"),
                () -> running.get("/products/OWN-5", HEADER, "v1.product.999999999999999.OWN-5"),
                () -> running.get("/products/OWN-5", HEADER, "v1.stock.1.OWN-5"),
                () -> running.getAs(jane, "/orders", HEADER, "v1.order.9." + janes),
                () -> running.getAs(jane, "/orders/" + janes, HEADER, "v1.order.9." + janes),
                () -> running.getAs(jane, "/orders", HEADER, "v1.order.1.ORD-unknown"),
                // Another customer's order is like one that does not exist.
                () -> running.getAs(jane, "/orders", HEADER, "v1.order.1." + jacks))
            .map(ReadYourWritesIT::start)
            .toList();

    assertThat(reads)
        .allSatisfy(read -> {
          assertProblem(answer(read), 503, "UNAVAILABLE");
          assertThat(answer(read).header("Retry-After")).isEqualTo("1");
        });
    assertThat(running.getAs(running.staff(), "/orders", HEADER, "v1.order.1." + jacks).status())
        .isEqualTo(200);
  }

  @Test
  void a_read_waits_for_nothing_that_it_cannot_show() {
    running.publisher().publish(created("OWN-6", 0));
    running.awaitVersion("OWN-6", 1);

    assertThat(running.get("/products/OWN-6", HEADER, "v1.order.1.ORD-unknown").status())
        .isEqualTo(200);
    assertThat(
            running
                .getAs(running.customer("kim"), "/orders", HEADER, "v1.product.9.OWN-6")
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/products", "/products/A", "/orders", "/orders/ORD-1", "/orders/ORD-1/events"})
  void what_no_write_answers_with_is_refused_by_name(String path) {
    var answer = running.getAs(running.customer("lou"), path, HEADER, "products=5");

    assertProblem(answer, 400, "VALIDATION_FAILED");
    assertThat(answer.json().get("violations").get(0).get("field").asString()).isEqualTo(HEADER);
  }

  private static CompletableFuture<Answer> start(Supplier<Answer> read) {
    return CompletableFuture.supplyAsync(read, Thread::startVirtualThread);
  }

  private static Answer answer(CompletableFuture<Answer> read) throws Exception {
    return read.get(30, TimeUnit.SECONDS);
  }

  private void awaitWatched(String key) {
    await().until(() -> running.watches(key));
  }
}
