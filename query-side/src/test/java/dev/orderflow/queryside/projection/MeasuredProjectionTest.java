package dev.orderflow.queryside.projection;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.priced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.consumption.Projection;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeasuredProjectionTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<SequencedEvent> taken = new ArrayList<>();
  private final Projection projection =
      new MeasuredProjection(new Taking(taken), meters, Clock.fixed(at(10), ZoneOffset.UTC));

  private record Taking(List<SequencedEvent> taken) implements Projection {
    @Override
    public String name() {
      return "taking";
    }

    @Override
    public Set<EventTopic> topics() {
      return Set.of(EventTopic.PRODUCTS);
    }

    @Override
    public void apply(List<SequencedEvent> events) {
      taken.addAll(events);
    }
  }

  @Test
  void the_lag_of_a_batch_is_that_of_its_oldest_event() {
    projection.apply(List.of(created("A", 7), priced("A", 8, "1", 2)));

    assertThat(taken).hasSize(2);
    var lag = meters.get("orderflow.projection.lag").tag("projection", "taking").timer();
    assertThat(lag.count()).isEqualTo(1);
    assertThat(lag.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
  }
}
