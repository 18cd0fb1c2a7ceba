package dev.orderflow.platform.consumption;

import dev.orderflow.platform.kafka.EventTopicProperties;
import dev.orderflow.platform.kafka.KafkaAutoConfiguration;
import dev.orderflow.platform.kafka.Topics;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;

/** What every service needs that reads the topics. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnClass({KafkaMessageConverter.class, ConsumerFactory.class})
public class ConsumptionAutoConfiguration {
  @Bean
  RecordReader recordReader(KafkaMessageConverter<String, byte[]> converter) {
    return new RecordReader(converter);
  }

  @Bean
  ConsumerGroups consumerGroups(
      ConsumerFactory<String, byte[]> consumers, Topics topics, EventTopicProperties properties) {
    return new ConsumerGroups(consumers, topics, properties.checkInterval());
  }
}
