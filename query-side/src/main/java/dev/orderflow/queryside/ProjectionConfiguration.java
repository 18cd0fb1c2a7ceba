package dev.orderflow.queryside;

import dev.orderflow.platform.consumption.Positions;
import dev.orderflow.platform.consumption.Projection;
import dev.orderflow.platform.consumption.ProjectionConsumer;
import dev.orderflow.platform.kafka.EventTopicProperties;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.queryside.catalog.jdbc.ProductProjection;
import dev.orderflow.queryside.ordering.jdbc.OrderProjection;
import dev.orderflow.queryside.projection.MeasuredProjection;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Feeds each projection from its topics. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {
  /** Of the tables that serve reads. */
  private static final int GENERATION = 1;

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  ProjectionConsumer productViewConsumer(ProductProjection projection, Feed feed) {
    return feed.into(projection);
  }

  @Bean
  ProjectionConsumer orderViewConsumer(OrderProjection projection, Feed feed) {
    return feed.into(projection);
  }

  @Bean
  Feed feed(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      KafkaMessageConverter<String, byte[]> converter,
      ConsumerFactory<String, byte[]> consumers,
      Topics topics,
      EventTopicProperties properties,
      MeterRegistry meters,
      Clock clock) {
    // Among Kafka's own metrics is the lag in records.
    consumers.addListener(new MicrometerConsumerListener<>(meters));
    return projection ->
        new ProjectionConsumer(
            new MeasuredProjection(projection, meters, clock),
            new Positions(jdbc, projection.name(), GENERATION),
            transaction,
            converter,
            consumers,
            topics,
            properties.checkInterval());
  }

  /** What all projections are fed with. */
  @FunctionalInterface
  interface Feed {
    ProjectionConsumer into(Projection projection);
  }
}
