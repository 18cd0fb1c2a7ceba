package dev.orderflow.queryside.projection;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.priced;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProjectionLagTest {
  @Test
  void the_lag_of_a_batch_is_that_of_its_oldest_event() {
    var meters = new SimpleMeterRegistry();
    var lag = new ProjectionLag("taking", meters, Clock.fixed(at(10), ZoneOffset.UTC));

    lag.taken(List.of(created("A", 7), priced("A", 8, "1", 2)));

    var timer = meters.get("orderflow.projection.lag").tag("projection", "taking").timer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
  }
}
