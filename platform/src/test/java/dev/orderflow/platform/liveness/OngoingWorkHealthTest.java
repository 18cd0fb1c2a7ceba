package dev.orderflow.platform.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class OngoingWorkHealthTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void a_process_whose_work_goes_on_is_alive() {
    assertThat(health(Duration.ZERO, LIMIT).getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void a_process_is_not_alive_when_one_of_its_loops_stands_still_and_says_which() {
    var health = health(Duration.ZERO, LIMIT.plusSeconds(1));

    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails()).containsOnlyKeys("loop-1");
  }

  @Test
  void a_loop_that_has_not_begun_or_was_told_to_end_does_not_stand_still() {
    var steps = new Steps();
    assertThat(steps.sinceLast()).isZero();

    steps.step();
    assertThat(steps.sinceLast()).isPositive();

    steps.end();
    assertThat(steps.sinceLast()).isZero();
  }

  private static Health health(Duration... silences) {
    var works =
        IntStream.range(0, silences.length)
            .<OngoingWork>mapToObj(i -> new Loop("loop-" + i, silences[i]))
            .toList();
    return new OngoingWorkHealth(() -> List.copyOf(works), LIMIT).health();
  }

  private record Loop(String workName, Duration sinceLastStep) implements OngoingWork {}
}
