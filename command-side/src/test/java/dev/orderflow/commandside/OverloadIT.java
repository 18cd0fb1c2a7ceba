package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import dev.orderflow.proto.inventory.v1.ReceiveStockRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an instance does when more is asked of it than it can do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadIT {
  /** At most two commands for one stream. */
  private final Shop shop = Shop.withOneInstance("--orderflow.commands.max-in-flight=8");

  @AfterAll
  void close() {
    shop.close();
  }

  @Test
  void a_product_that_everybody_wants_leaves_room_for_the_others() throws Exception {
    var hot = shop.product(10);
    var cold = shop.product(10);
    try (var connection = shop.database().dataSource().getConnection()) {
      occupyNextPlaceInStream(connection, "stock-" + hot);
      var answers = new ArrayList<CompletableFuture<Instance.Answer>>();
      for (var i = 0; i < 3; i++) {
        answers.add(
            CompletableFuture.supplyAsync(
                () -> shop.receive(shop.first(), hot, 1), Thread::startVirtualThread));
      }

      var refused =
          CompletableFuture.anyOf(answers.toArray(CompletableFuture<?>[]::new))
              .thenApply(Instance.Answer.class::cast)
              .get(20, TimeUnit.SECONDS);

      assertThat(refused.code()).isEqualTo("RATE_LIMITED");
      assertThat(refused.raw().headers().firstValue("Retry-After")).hasValue("1");
      assertThat(shop.receive(shop.first(), cold, 1).status()).isEqualTo(200);
      connection.rollback();
      assertThat(
              answers.stream().map(CompletableFuture::join).map(Instance.Answer::status).sorted())
          .containsExactly(200, 200, 429);
    }
    assertThat(shop.levels(hot)).containsExactly(12, 0, 0);
  }

  @Test
  void what_nobody_waits_for_any_more_is_not_done() throws Exception {
    var product = shop.product(10);
    var stock = shop.grpc(InventoryServiceGrpc::newBlockingStub, shop.staff());
    var request = ReceiveStockRequest.newBuilder().setProductId(product).setQuantity(5).build();
    try (var connection = shop.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE domain_event IN ACCESS EXCLUSIVE MODE");

      var failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> stock.withDeadlineAfter(500, TimeUnit.MILLISECONDS).receiveStock(request));

      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      connection.rollback();
    }
    // It would be done before this one, which waits for its turn behind it.
    assertThat(shop.receive(shop.first(), product, 1).status()).isEqualTo(200);
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> shop.levels(product).equals(List.of(11, 0, 0)));
  }

  /** As another instance does that has appended, and not committed yet. */
  private static void occupyNextPlaceInStream(Connection connection, String stream)
      throws SQLException {
    connection.setAutoCommit(false);
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO domain_event (event_id, aggregate_id, sequence_number, type, payload_type,
                payload_revision, payload, metadata, recorded_at)
            SELECT gen_random_uuid()::text, aggregate_id, sequence_number + 1, type, payload_type,
                payload_revision, payload, metadata, recorded_at
            FROM domain_event WHERE aggregate_id = ? ORDER BY sequence_number DESC LIMIT 1\
            """)) {
      insert.setString(1, stream);
      assertThat(insert.executeUpdate()).isOne();
    }
  }
}
