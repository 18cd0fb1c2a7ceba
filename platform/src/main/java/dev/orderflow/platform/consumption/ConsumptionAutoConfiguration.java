package dev.orderflow.platform.consumption;

import dev.orderflow.platform.kafka.EventTopicProperties;
import dev.orderflow.platform.kafka.KafkaAutoConfiguration;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Shown;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;

/** What every service needs that reads the topics. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnClass({KafkaMessageConverter.class, ConsumerFactory.class})
public class ConsumptionAutoConfiguration {
  private static final int STANDING_STILL_SECONDS = 600;

  @Bean
  RecordReader recordReader(KafkaMessageConverter<String, byte[]> converter) {
    return new RecordReader(converter);
  }

  @Bean
  Shown recordsShown(MeterValues meters) {
    return Shown.of(
        Check.red(
            "records-waiting",
            meters.secondsAboveZero("kafka.consumer.fetch.manager.records.lag"),
            "s",
            STANDING_STILL_SECONDS,
            "records-stand-still"));
  }

  @Bean
  ConsumerGroups consumerGroups(
      ConsumerFactory<String, byte[]> consumers, Topics topics, EventTopicProperties properties) {
    return new ConsumerGroups(consumers, topics, properties.checkInterval());
  }
}
