package dev.orderflow.queryside.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.consistency.ConsistencyToken;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReadYourWritesTest {
  private static final Duration FOR_EVER = Duration.ofMinutes(5);
  private static final ConsistencyToken A = new ConsistencyToken.OfProduct(new ProductId("A"), 1);
  private static final ConsistencyToken B = new ConsistencyToken.OfStock(new ProductId("B"), 1);

  private final Changes changes = new Changes();
  private final Set<ConsistencyToken> view = ConcurrentHashMap.newKeySet();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void what_is_there_is_seen_at_once_however_many_wait() {
    view.add(A);

    assertThatCode(() -> await(writes(FOR_EVER, 0), A)).doesNotThrowAnyException();
    assertThat(looks).hasValue(1);
  }

  @Test
  void who_waits_looks_when_something_has_changed_and_never_else() throws Exception {
    var read = reading(writes(FOR_EVER, 1), A);
    awaitLooks(2);

    changes.changed("B");
    changes.changed("A");
    awaitLooks(3);
    changes.anythingChanged();
    awaitLooks(4);
    view.add(A);
    changes.changed("A");

    read.get(30, TimeUnit.SECONDS);
    assertThat(looks).hasValue(5);
    assertThat(changes.isWatched("A")).isFalse();
  }

  @Test
  void all_that_was_written_is_waited_for() throws Exception {
    var read = reading(writes(FOR_EVER, 1), A, B);
    awaitWatched("A");

    view.add(A);
    changes.changed("A");
    awaitWatched("B");
    assertThat(read).isNotDone();
    view.add(B);
    changes.changed("B");

    read.get(30, TimeUnit.SECONDS);
  }

  @Test
  void what_comes_between_the_first_look_and_the_watch_is_not_missed() {
    var writes = writes(Duration.ZERO, 1);

    assertThatCode(() -> writes.await(List.of(A), _ -> looks.incrementAndGet() == 2))
        .doesNotThrowAnyException();
  }

  @Test
  void what_does_not_come_in_time_is_unavailable() {
    assertThatThrownBy(() -> await(writes(Duration.ofMillis(1), 1), A))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Orderflow-Consistency");
    assertThat(changes.isWatched("A")).isFalse();
  }

  @Test
  void a_change_that_nobody_told_is_seen_when_the_time_is_over() {
    var writes = writes(Duration.ofMillis(1), 1);

    assertThatCode(() -> writes.await(List.of(A), _ -> looks.incrementAndGet() == 3))
        .doesNotThrowAnyException();
  }

  @Test
  void more_than_may_wait_are_turned_away_until_one_is_done() throws Exception {
    var writes = writes(FOR_EVER, 1);
    var read = reading(writes, A);
    awaitWatched("A");

    assertThatThrownBy(() -> await(writes, B)).isInstanceOf(OverloadedException.class);

    view.add(A);
    changes.changed("A");
    read.get(30, TimeUnit.SECONDS);
    var next = reading(writes, B);
    awaitWatched("B");
    changes.stop();
    assertThat(next).failsWithin(Duration.ofSeconds(30));
  }

  @Test
  void who_waits_when_the_instance_stops_is_sent_away() {
    var read = reading(writes(FOR_EVER, 1), A);
    awaitWatched("A");

    changes.stop();

    assertThat(read)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withCauseInstanceOf(UnavailableException.class);
  }

  private ReadYourWrites writes(Duration maxWait, int maxWaiting) {
    return new ReadYourWrites(changes, new ConsistencyProperties(maxWait, maxWaiting));
  }

  private void await(ReadYourWrites writes, ConsistencyToken... marks) {
    writes.await(
        List.of(marks),
        token -> {
          var there = view.contains(token);
          // Only now: who awaits a look adds what it must not find.
          looks.incrementAndGet();
          return there;
        });
  }

  private CompletableFuture<Void> reading(ReadYourWrites writes, ConsistencyToken... marks) {
    return CompletableFuture.runAsync(() -> await(writes, marks), Thread::startVirtualThread);
  }

  private void awaitLooks(int count) {
    Awaitility.await().until(() -> looks.get() == count);
  }

  private void awaitWatched(String key) {
    Awaitility.await().until(() -> changes.isWatched(key));
  }
}
