package dev.orderflow.commandside.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.tracing.Traces.OpenSpan;
import io.grpc.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final List<Integer> groups = new CopyOnWriteArrayList<>();
  private @Nullable Lane lane;
  private volatile CountDownLatch hangs = new CountDownLatch(0);

  @AfterEach
  void stop() {
    if (lane != null) {
      lane.stop();
    }
  }

  @Test
  void a_command_that_comes_alone_waits_for_no_others() throws Exception {
    var started = started(Duration.ofHours(1), 100);

    add(started).get(10, TimeUnit.SECONDS);

    assertThat(groups).containsExactly(1);
  }

  @Test
  void commands_that_come_soon_after_a_group_are_decided_together() throws Exception {
    var started = started(Duration.ofSeconds(3), 100);
    add(started).get(10, TimeUnit.SECONDS);

    var next = List.of(add(started), add(started), add(started));

    for (var answer : next) {
      answer.get(10, TimeUnit.SECONDS);
    }
    assertThat(groups).containsExactly(1, 3);
  }

  @Test
  void a_group_that_is_full_waits_no_longer() throws Exception {
    var started = started(Duration.ofHours(1), 2);
    add(started).get(10, TimeUnit.SECONDS);

    var next = List.of(add(started), add(started));

    for (var answer : next) {
      answer.get(10, TimeUnit.SECONDS);
    }
    assertThat(groups).containsExactly(1, 2);
  }

  @Test
  void a_lane_that_has_stopped_takes_no_more() {
    var stopped = started(Duration.ZERO, 100);
    stopped.stop();

    assertThatThrownBy(() -> add(stopped)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void a_lane_goes_round_while_it_is_idle_and_makes_no_step_while_a_group_hangs() {
    var idle = started(Duration.ZERO, 100);
    await().until(() -> idle.sinceLastStep().isPositive());
    assertThat(idle.sinceLastStep()).isLessThan(Duration.ofSeconds(10));

    hangs = new CountDownLatch(1);
    var _ = add(idle);

    await().until(() -> idle.sinceLastStep().toMillis() > 1_000);
    hangs.countDown();
    await().until(() -> idle.sinceLastStep().toMillis() < 1_000);
  }

  private Lane started(Duration linger, int maxGroup) {
    var started =
        new Lane(
            this::decide,
            new CommandProperties(1_000, maxGroup, linger, Duration.ofSeconds(3)),
            new SimpleMeterRegistry());
    lane = started;
    started.start();
    return started;
  }

  private void decide(List<PendingCommand> group) {
    Uninterruptibles.awaitUninterruptibly(hangs);
    groups.add(group.size());
    group.forEach(pending -> pending.answer().complete("decided"));
  }

  private static CompletableFuture<Object> add(Lane lane) {
    var answer = new CompletableFuture<Object>();
    lane.add(new PendingCommand("command", new NoHandler(), Context.ROOT, OpenSpan.NONE, answer));
    return answer;
  }

  /** It is never called: the commands are decided here. */
  private static final class NoHandler implements CommandHandler<Object> {
    @Override
    public Set<Class<?>> commandTypes() {
      throw new AssertionError();
    }

    @Override
    public Touched touched(Object command, Streams first) {
      throw new AssertionError();
    }

    @Override
    public Object handle(Object command, Streams streams) {
      throw new AssertionError();
    }
  }
}
