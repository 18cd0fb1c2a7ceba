package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.commandside.eventstore.EventAppendListener;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import dev.orderflow.proto.inventory.v1.ReceiveStockRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.Bean;

/** What an instance does when more is asked of it than it can do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadIT {
  private static final int PLACES = 64;

  private final RunningCommandSide commandSide =
      RunningCommandSide.withOneInstance(
          "--orderflow.commands.max-in-flight=" + PLACES,
          "--spring.main.sources=" + Gate.class.getName());

  /** Where a group can be stopped for as long as it takes; locks of the database are given up. */
  static class Gate {
    static final ReentrantLock CLOSED = new ReentrantLock();

    @Bean
    EventAppendListener gate() {
      return _ -> {
        CLOSED.lock();
        CLOSED.unlock();
      };
    }
  }

  @AfterAll
  void close() {
    commandSide.close();
  }

  @Test
  void as_many_as_there_are_places_want_one_product_and_all_get_it() throws Exception {
    var hot = commandSide.product(2 * PLACES);

    for (var round = 0; round < 2; round++) {
      var answers =
          RunningCommandSide.together(
              Stream.generate(() -> (Callable<Instance.Answer>) () -> order(hot))
                  .limit(PLACES)
                  .toList());
      assertThat(answers).extracting(Instance.Answer::status).containsOnly(201);
    }

    assertThat(commandSide.levels(hot)).containsExactly(0, 2 * PLACES, 0);
  }

  @Test
  void only_those_beyond_the_places_are_told_to_come_back() throws Exception {
    var product = commandSide.product(2 * PLACES);
    var answers = new ArrayList<CompletableFuture<Instance.Answer>>();
    Gate.CLOSED.lock();
    try {
      for (var i = 0; i < PLACES + 1; i++) {
        answers.add(
            CompletableFuture.supplyAsync(() -> order(product), Thread::startVirtualThread));
      }

      var refused =
          CompletableFuture.anyOf(answers.toArray(CompletableFuture<?>[]::new))
              .thenApply(Instance.Answer.class::cast)
              .get(20, TimeUnit.SECONDS);

      assertThat(refused.code()).isEqualTo("RATE_LIMITED");
      assertThat(refused.raw().headers().firstValue("Retry-After")).hasValue("1");
    } finally {
      Gate.CLOSED.unlock();
    }
    assertThat(answers.stream().map(CompletableFuture::join).map(Instance.Answer::status))
        .filteredOn(status -> status == 429)
        .hasSize(1);
  }

  @Test
  void a_stream_that_is_stuck_holds_up_the_others_for_a_moment_only() throws Exception {
    var stuck = commandSide.product(10);
    var free = commandSide.product(10);
    try (var connection = commandSide.database().dataSource().getConnection()) {
      occupyNextPlaceInStream(connection, "stock-" + stuck);

      var answers =
          RunningCommandSide.together(
              List.of(
                  () -> commandSide.receive(commandSide.first(), stuck, 1),
                  () -> commandSide.receive(commandSide.first(), free, 1)));

      assertThat(answers).extracting(Instance.Answer::status).containsExactly(503, 200);
      connection.rollback();
    }
    assertThat(commandSide.receive(commandSide.first(), stuck, 1).status()).isEqualTo(200);
    assertThat(commandSide.levels(stuck)).containsExactly(11, 0, 0);
    assertThat(commandSide.levels(free)).containsExactly(11, 0, 0);
  }

  @Test
  void what_nobody_waits_for_any_more_is_not_done() {
    var product = commandSide.product(10);
    var stock = commandSide.grpc(InventoryServiceGrpc::newBlockingStub, commandSide.staff());
    var request = ReceiveStockRequest.newBuilder().setProductId(product).setQuantity(5).build();
    var busy = commandSide.product(10);
    CompletableFuture<Instance.Answer> before;
    Gate.CLOSED.lock();
    try {
      before =
          CompletableFuture.supplyAsync(
              () -> commandSide.receive(commandSide.first(), busy, 1), Thread::startVirtualThread);
      await().until(Gate.CLOSED::hasQueuedThreads);

      var failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> stock.withDeadlineAfter(500, TimeUnit.MILLISECONDS).receiveStock(request));

      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      // The server gives the call up a moment later.
      await().until(() -> openCalls() == 0);
    } finally {
      Gate.CLOSED.unlock();
    }
    before.join();
    // It would be done before this one, which waits for its turn behind it.
    assertThat(commandSide.receive(commandSide.first(), product, 1).status()).isEqualTo(200);
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> commandSide.levels(product).equals(List.of(11, 0, 0)));
  }

  private double openCalls() {
    return commandSide
        .first()
        .bean(MeterRegistry.class)
        .get("orderflow.calls.open")
        .gauge()
        .value();
  }

  private Instance.Answer order(String product) {
    return commandSide.order(
        commandSide.first(),
        commandSide.alice(),
        RunningCommandSide.newKey("alice"),
        product,
        1,
        "50000",
        1);
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
