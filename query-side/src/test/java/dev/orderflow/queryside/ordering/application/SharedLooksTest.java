package dev.orderflow.queryside.ordering.application;

import static dev.orderflow.queryside.testing.Events.order;
import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.queryside.ordering.model.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedLooksTest {
  private static final Order WATCHED = order(placed("alice", 1));
  private static final OrderId ID = WATCHED.orderId();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<OrderId> looks = new CopyOnWriteArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final Map<FutureTask<Optional<Order>>, Thread> threads = new HashMap<>();

  @Test
  void those_who_want_to_look_at_the_same_order_share_a_look() throws Exception {
    var shared = new SharedLooks(this::slowly, PATIENCE);
    takeAllPlaces(shared);

    var watchers = IntStream.range(0, 50).mapToObj(_ -> look(shared, ID)).toList();
    awaitThatAllWait();
    go.countDown();

    for (var watcher : watchers) {
      assertThat(watcher.get()).contains(WATCHED);
    }
    assertThat(looks).filteredOn(ID::equals).hasSize(1);
  }

  @Test
  void a_look_that_has_begun_may_have_missed_what_another_was_told_of() throws Exception {
    var answers = new CopyOnWriteArrayList<CompletableFuture<Optional<Order>>>();
    var shared =
        new SharedLooks(
            _ -> {
              var answer = new CompletableFuture<Optional<Order>>();
              answers.add(answer);
              return answer.join();
            },
            PATIENCE);
    var before = look(shared, ID);
    await().until(() -> answers.size() == 1);
    var after = look(shared, ID);
    await().until(() -> answers.size() == 2);

    answers.get(1).complete(Optional.of(WATCHED));
    assertThat(after.get()).contains(WATCHED);
    answers.getFirst().complete(Optional.empty());
    assertThat(before.get()).isEmpty();
  }

  @Test
  void a_look_that_fails_is_of_no_consequence_for_the_next() throws Exception {
    var failures = new ArrayList<>(List.of(new IllegalStateException("wrong")));
    var shared =
        new SharedLooks(
            _ -> {
              if (failures.isEmpty()) {
                return Optional.of(WATCHED);
              }
              throw failures.removeFirst();
            },
            PATIENCE);

    assertThat(look(shared, ID))
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("wrong");
    assertThat(look(shared, ID).get()).contains(WATCHED);
  }

  @Test
  void an_error_is_told_to_all_who_share_the_look() {
    var shared =
        new SharedLooks(
            orderId -> {
              if (orderId.equals(ID)) {
                throw new NoClassDefFoundError("wrong");
              }
              return slowly(orderId);
            },
            PATIENCE);
    takeAllPlaces(shared);
    var watchers = IntStream.range(0, 3).mapToObj(_ -> look(shared, ID)).toList();
    awaitThatAllWait();

    go.countDown();

    assertThat(watchers)
        .allSatisfy(watcher ->
            assertThat(watcher)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("wrong"));
  }

  @Test
  void when_one_who_waits_for_a_look_is_interrupted_the_others_are_answered() throws Exception {
    var shared = new SharedLooks(this::slowly, PATIENCE);
    takeAllPlaces(shared);
    var first = look(shared, ID);
    awaitThatAllWait();
    var watchers = IntStream.range(0, 3).mapToObj(_ -> look(shared, ID)).toList();
    awaitThatAllWait();

    Objects.requireNonNull(threads.get(first)).interrupt();
    go.countDown();

    for (var watcher : watchers) {
      assertThat(watcher.get()).contains(WATCHED);
    }
  }

  private void takeAllPlaces(SharedLooks shared) {
    IntStream.range(2, 6).forEach(number -> look(shared, order(placed("alice", number)).orderId()));
    await().until(() -> looks.size() == 4);
  }

  private void awaitThatAllWait() {
    await().until(() -> threads.values().stream().noneMatch(SharedLooksTest::isOnItsWay));
  }

  private Optional<Order> slowly(OrderId orderId) {
    looks.add(orderId);
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Optional.of(WATCHED);
  }

  private FutureTask<Optional<Order>> look(SharedLooks shared, OrderId orderId) {
    var look = new FutureTask<>(() -> shared.find(orderId));
    threads.put(look, Thread.ofVirtual().start(look));
    return look;
  }

  private static boolean isOnItsWay(Thread thread) {
    return thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING;
  }
}
