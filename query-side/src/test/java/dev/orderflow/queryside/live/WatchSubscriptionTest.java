package dev.orderflow.queryside.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.error.UnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchSubscriptionTest {
  private static final Duration FOR_EVER = Duration.ofHours(1);
  private static final long FINAL = 9;

  private final Changes changes = new Changes();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final WatchSubscriptions streams =
      new WatchSubscriptions(new StreamProperties(FOR_EVER, 1, 1), meters);
  private final Document document = new Document();
  private final Recorder recorder = new Recorder();
  private final WatchSubscription<Long> stream =
      streams.open(Optional.empty(), changes, document.watchable(FOR_EVER), 1L, 0);

  @AfterEach
  void an_ended_stream_leaves_nothing_behind() {
    await().until(() -> meters.get("orderflow.streams.open").gauge().value() == 0);
    assertThat(changes.isWatched("A")).isFalse();
  }

  @Test
  void a_reader_who_is_gone_has_no_place_although_there_is_nothing_to_tell() {
    var telling = telling();
    awaitLooks(1);

    recorder.gone = true;

    assertThat(telling).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void every_newer_state_is_told_until_one_is_final() throws Exception {
    var telling = telling();
    awaitLooks(1);

    document.becomes(2);
    awaitLooks(2);
    document.becomes(FINAL);

    telling.get();
    assertThat(recorder.states).containsExactly(1L, 2L, FINAL);
    assertThat(recorder.heartbeats).hasValue(0);
    assertThat(Duration.ofNanos(System.nanoTime() - recorder.toldAt))
        .as("others are told before any stream ends")
        .isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void an_end_that_was_told_is_no_failure_when_the_instance_stops() throws Exception {
    var telling = telling();
    awaitLooks(1);

    document.becomes(FINAL);
    await().until(() -> recorder.states.contains(FINAL));
    changes.stop();

    telling.get();
  }

  @Test
  void what_the_reader_knows_is_not_told() throws Exception {
    document.state = FINAL;
    stream.end();
    stream.tell(recorder);
    var again = streams.open(Optional.empty(), changes, document.watchable(FOR_EVER), 1L, FINAL);

    again.tell(recorder);

    assertThat(recorder.states).isEmpty();
  }

  @Test
  void a_slow_reader_misses_states_and_not_the_last() throws Exception {
    recorder.slow = new CountDownLatch(1);
    var telling = telling();
    await().until(() -> !recorder.states.isEmpty());

    document.becomes(2);
    document.becomes(3);
    document.becomes(FINAL);
    recorder.slow.countDown();

    telling.get();
    assertThat(recorder.states).containsExactly(1L, FINAL);
  }

  @Test
  void a_look_that_fails_ends_nothing() throws Exception {
    document.outage = new UnavailableException("The database is away.", null);
    var telling = telling();
    awaitLooks(1);
    document.becomes(2);
    awaitLooks(2);
    assertThat(recorder.states).containsExactly(1L);

    // There is no signal that the database is back.
    document.state = FINAL;
    document.outage = null;

    telling.get();
    assertThat(recorder.states).containsExactly(1L, FINAL);
  }

  @Test
  void a_bug_ends_the_stream() {
    document.outage = new IllegalStateException("a bug");

    assertThatThrownBy(() -> stream.tell(recorder)).hasMessage("a bug");
  }

  @Test
  void who_hears_nothing_new_gets_signs_of_life() throws Exception {
    stream.end();
    stream.tell(recorder);
    var impatient = document.watchable(Duration.ofMillis(1));
    var telling = telling(streams.open(Optional.empty(), changes, impatient, 1L, 0));

    await().until(() -> recorder.heartbeats.get() > 3);
    document.state = FINAL;

    telling.get();
  }

  @Test
  void a_stream_that_is_ended_stops_waiting() throws Exception {
    var telling = telling();
    awaitLooks(1);

    stream.end();

    telling.get();
  }

  @Test
  void an_instance_that_stops_sends_its_readers_away() {
    var telling = telling();
    awaitLooks(1);

    changes.stop();

    assertThatThrownBy(() -> telling.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(UnavailableException.class);
  }

  @Test
  void an_older_state_than_was_found_is_not_told() throws Exception {
    stream.end();
    stream.tell(recorder);
    // The view may be behind where it was found.
    var found = 3L;
    var telling =
        telling(streams.open(Optional.empty(), changes, document.watchable(FOR_EVER), found, 0));
    awaitLooks(1);
    document.becomes(2);
    awaitLooks(2);
    document.becomes(FINAL);

    telling.get();
    assertThat(recorder.states).containsExactly(found, FINAL);
  }

  private CompletableFuture<Void> telling() {
    return telling(stream);
  }

  private CompletableFuture<Void> telling(WatchSubscription<Long> stream) {
    var done = new CompletableFuture<Void>();
    Thread.startVirtualThread(() -> {
      try {
        stream.tell(recorder);
        done.complete(null);
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    });
    return done;
  }

  private void awaitLooks(int count) {
    await().until(() -> document.looks.get() >= count);
  }

  /** Its state is its revision. */
  private final class Document {
    private final AtomicInteger looks = new AtomicInteger();
    private volatile @Nullable RuntimeException outage;
    private volatile long state = 1;

    void becomes(long newest) {
      state = newest;
      changes.changed("A");
    }

    Watchable<Long> watchable(Duration patience) {
      return new Watchable<>(
          "A", this::find, Long::longValue, revision -> revision == FINAL, patience);
    }

    private Optional<Long> find() {
      var failure = outage;
      var seen = state;
      // Only now: who awaits a look changes what it must not see.
      looks.incrementAndGet();
      if (failure != null) {
        throw failure;
      }
      return Optional.of(seen);
    }
  }

  /** Writes down what it is told. */
  private static final class Recorder implements Reader<Long> {
    private final List<Long> states = new CopyOnWriteArrayList<>();
    private final AtomicInteger heartbeats = new AtomicInteger();
    private volatile CountDownLatch slow = new CountDownLatch(0);
    private volatile boolean gone;
    private volatile long toldAt;

    @Override
    public boolean isGone() {
      return gone;
    }

    @Override
    public void state(Long state) throws InterruptedException {
      toldAt = System.nanoTime();
      states.add(state);
      slow.await();
    }

    @Override
    public void heartbeat() {
      heartbeats.incrementAndGet();
    }
  }
}
