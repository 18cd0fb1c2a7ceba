package dev.orderflow.platform.kafka;

import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.tracing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;

/**
 * What every service that reads or writes the topics needs. How the brokers are reached, over TLS
 * and with which credentials, Spring Boot's own settings say ({@code spring.kafka.*}).
 */
@AutoConfiguration(
    beforeName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnClass({KafkaMessageConverter.class, ConsumerFactory.class})
@EnableConfigurationProperties({EventTopicProperties.class, KafkaProperties.class})
public class KafkaAutoConfiguration {
  @Bean
  Serializer eventSerializer() {
    return EventJson.serializer();
  }

  @Bean
  KafkaMessageConverter<String, byte[]> eventRecordConverter(Serializer eventSerializer) {
    return new EventRecordConverter(eventSerializer);
  }

  @Bean
  TracedRecords tracedRecords(Traces traces) {
    return new TracedRecords(traces);
  }

  @Bean
  Topics topics(
      @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers,
      KafkaProperties kafka,
      EventTopicProperties properties) {
    var settings = kafka.buildAdminProperties();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return new Topics(settings, properties.replicationFactor());
  }

  /** Consumers that give up a dead instance's partitions after seconds, and never skip a record. */
  @Bean
  ConsumerFactory<String, byte[]> eventConsumers(
      @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers,
      KafkaProperties kafka,
      EventTopicProperties properties,
      ObjectProvider<MeterRegistry> meters) {
    var settings = kafka.buildConsumerProperties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Partitions of one number, and with them all that is under one key, go to one consumer.
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    settings.put(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) properties.sessionTimeout().toMillis());
    settings.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        (int) properties.sessionTimeout().toMillis() / HEARTBEATS_PER_SESSION);
    // The broker closes connections in moments after it comes back; do not wait long to try again.
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    var consumers = new DefaultKafkaConsumerFactory<String, byte[]>(settings);
    // Among Kafka's own metrics is the lag in records.
    meters.ifAvailable(
        registry -> consumers.addListener(new MicrometerConsumerListener<>(registry)));
    return consumers;
  }

  /**
   * For readers that come and go: those of a rebuild begin far behind, and others pass records
   * over. What is left to them is no backlog of the service, so it is not measured.
   */
  @Bean(defaultCandidate = false)
  ConsumerFactory<String, byte[]> passingConsumers(ConsumerFactory<String, byte[]> eventConsumers) {
    return new DefaultKafkaConsumerFactory<>(eventConsumers.getConfigurationProperties());
  }

  private static final int HEARTBEATS_PER_SESSION = 6;
}
