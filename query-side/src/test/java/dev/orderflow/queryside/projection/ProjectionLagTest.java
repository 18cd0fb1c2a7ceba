package dev.orderflow.queryside.projection;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.priced;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProjectionLagTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ProjectionLag lag =
      new ProjectionLag("taking", meters, Clock.fixed(at(10), ZoneOffset.UTC));

  @Test
  void the_lag_of_a_batch_is_that_of_the_row_that_has_waited_longest() {
    lag.taken(List.of(created("A", 6), created("B", 9), priced("A", 7, "1", 2)), Set.of("A", "B"));

    assertThat(timer().count()).isEqualTo(1);
    assertThat(timer().totalTime(TimeUnit.SECONDS)).isEqualTo(3);
  }

  @Test
  void what_was_known_already_is_not_late() {
    lag.taken(List.of(created("A", 1), created("B", 8)), Set.of("B"));
    assertThat(timer().totalTime(TimeUnit.SECONDS)).isEqualTo(2);

    lag.taken(List.of(created("A", 1)), Set.of());
    assertThat(timer().count()).isEqualTo(1);
  }

  @Test
  void a_new_event_of_a_row_that_knows_the_ones_before_is_as_late_as_it_is() {
    lag.taken(List.of(created("A", 1), priced("A", 8, "1", 2)), Set.of("A"));

    assertThat(timer().totalTime(TimeUnit.SECONDS)).isEqualTo(2);
  }

  private Timer timer() {
    return meters.get("orderflow.projection.lag").tag("projection", "taking").timer();
  }
}
