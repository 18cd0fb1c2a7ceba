package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.Positions;
import dev.orderflow.platform.consumption.ProjectionConsumer;
import dev.orderflow.platform.kafka.EventTopicProperties;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.liveness.OngoingWork;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.queryside.projection.MeasuredProjection;
import dev.orderflow.queryside.projection.TracedProjection;
import dev.orderflow.queryside.quarantine.Letters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Feeds every projection from its topics, in each of its generations. */
@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Feeds projectionFeeds(
      List<RebuildableProjection> projections,
      Generations generations,
      TakeOver takeOver,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      KafkaMessageConverter<String, byte[]> converter,
      Letters letters,
      ConsumerFactory<String, byte[]> consumers,
      Topics topics,
      EventTopicProperties properties,
      MeterRegistry meters,
      Traces traces,
      Clock clock) {
    var followers =
        projections.stream()
            .map(projection -> {
              var serving =
                  new TracedProjection(new MeasuredProjection(projection, meters, clock), traces);
              return new GenerationFollower(
                  projection,
                  generations,
                  takeOver,
                  jdbc,
                  topics,
                  generation ->
                      new ProjectionConsumer(
                          new GenerationProjection(projection, serving, generations, generation),
                          new Positions(jdbc, projection.name(), generation),
                          transaction,
                          converter,
                          letters.of(projection.name()),
                          consumers,
                          topics,
                          properties.checkInterval()));
            })
            .toList();
    followers.forEach(follower -> measure(follower, meters));
    return new Feeds(followers);
  }

  private static void measure(GenerationFollower follower, MeterRegistry meters) {
    Gauge.builder("orderflow.projection.generation", follower, GenerationFollower::serving)
        .description("The generation that serves")
        .tag("projection", follower.name())
        .register(meters);
    Gauge.builder("orderflow.projection.building", follower, GenerationFollower::building)
        .description("The generation that is being built; 0 when there is none")
        .tag("projection", follower.name())
        .register(meters);
  }

  /** The followers of all projections, started and stopped as one. */
  record Feeds(List<GenerationFollower> followers) implements SmartLifecycle, OngoingWork {
    @Override
    public String workName() {
      return "projections";
    }

    @Override
    public Duration sinceLastStep() {
      return followers.stream()
          .map(GenerationFollower::sinceLastPoll)
          .max(Duration::compareTo)
          .orElse(Duration.ZERO);
    }

    @Override
    public void start() {
      followers.forEach(GenerationFollower::start);
    }

    @Override
    public void stop() {
      followers.forEach(GenerationFollower::stop);
    }

    @Override
    public boolean isRunning() {
      return followers.stream().anyMatch(GenerationFollower::isRunning);
    }
  }
}
