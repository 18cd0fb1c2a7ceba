package dev.orderflow.platform.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.overview.Overview.CheckJson;
import dev.orderflow.platform.overview.OwnOverview.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An instance tells how it is from memory, whatever hangs. */
@Execution(ExecutionMode.CONCURRENT)
class OwnOverviewTest {
  private static final Duration LOOKED_AT = Duration.ofSeconds(20);

  private final CountDownLatch hanging = new CountDownLatch(1);
  private @Nullable OwnOverview overview;

  @AfterEach
  void stop() {
    hanging.countDown();
    if (overview != null) {
      overview.stop();
    }
  }

  private OwnOverview start(List<Silence> silences, Check... checks) {
    overview =
        new OwnOverview(
            new Identity("saga", "saga-1", null, Instant.EPOCH),
            List.of(Shown.of(checks)),
            silences,
            () -> List.of(() -> List.of("orders-0")),
            Clock.systemUTC());
    overview.start();
    return overview;
  }

  private double hang() {
    try {
      hanging.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static CheckJson check(Overview overview, String name) {
    return overview.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_value_is_judged_by_its_limits() {
    var running =
        start(
            List.of(),
            new Check("low", null, () -> 1, "", 2.0, 5.0, "low"),
            new Check("high", null, () -> 2, "", 2.0, 5.0, "high"),
            new Check("highest", null, () -> 5, "", 2.0, 5.0, "highest"),
            new Check("unknown", null, () -> Double.NaN, "", 2.0, 5.0, "unknown"));

    await()
        .atMost(LOOKED_AT)
        .untilAsserted(() ->
            assertThat(running.current().checks())
                .extracting(CheckJson::status)
                .containsExactly(Status.GREEN, Status.AMBER, Status.RED, Status.GREEN));
    assertThat(running.current().status()).isEqualTo(Status.RED);
    assertThat(running.current().instances().getFirst().holds()).containsExactly("orders-0");
  }

  @Test
  void a_value_that_cannot_be_had_is_amber_and_keeps_no_other_waiting() {
    var running =
        start(
            List.of(),
            Check.red("hanging", this::hang, "", 5, "hanging"),
            Check.red("other", () -> 1, "", 5, "other"));

    await()
        .atMost(LOOKED_AT)
        .untilAsserted(() -> {
          var now = running.current();
          assertThat(check(now, "hanging").status()).isEqualTo(Status.AMBER);
          assertThat(check(now, "hanging").value()).isNull();
          assertThat(check(now, "other").status()).isEqualTo(Status.GREEN);
          assertThat(check(now, "other").value()).isEqualTo(1);
        });
  }

  @Test
  void what_does_not_answer_is_red_and_green_again_when_it_does() {
    var away = new AtomicBoolean(true);
    var running =
        start(
            List.of(
                new Silence(
                    "kafka",
                    () -> {
                      if (away.get()) {
                        throw new IllegalStateException("away");
                      }
                    }),
                new Silence("database", () -> {})));

    await().atMost(LOOKED_AT).until(() -> check(running.current(), "kafka").status() == Status.RED);
    assertThat(check(running.current(), "database").status()).isEqualTo(Status.GREEN);

    away.set(false);
    await()
        .atMost(LOOKED_AT)
        .until(() -> check(running.current(), "kafka").status() == Status.GREEN);
  }

  @Test
  void a_question_that_is_not_answered_is_silence_too() {
    var running = start(List.of(new Silence("kafka", this::hang)));

    await().atMost(LOOKED_AT).until(() -> check(running.current(), "kafka").status() == Status.RED);
  }
}
