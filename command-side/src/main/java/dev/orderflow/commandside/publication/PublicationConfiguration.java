package dev.orderflow.commandside.publication;

import dev.orderflow.commandside.eventstore.CommitSignal;
import dev.orderflow.platform.kafka.EventTopicProperties;
import dev.orderflow.platform.kafka.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.axonframework.extensions.kafka.eventhandling.producer.ConfirmationMode;
import org.axonframework.extensions.kafka.eventhandling.producer.DefaultProducerFactory;
import org.axonframework.extensions.kafka.eventhandling.producer.ProducerFactory;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way from the event store to Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicationProperties.class)
class PublicationConfiguration {
  @Bean
  TokenStore tokenStore(
      ConnectionProvider connections,
      Serializer eventSerializer,
      PublicationProperties properties) {
    return JdbcTokenStore.builder()
        .connectionProvider(connections)
        .serializer(eventSerializer)
        .contentType(byte[].class)
        .claimTimeout(properties.claimTimeout())
        .nodeId(UUID.randomUUID().toString())
        .schema(
            TokenSchema.builder()
                .setTokenTable("publication_token")
                .setProcessorNameColumn("processor_name")
                .setSegmentColumn("segment")
                .setTokenColumn("token")
                .setTokenTypeColumn("token_type")
                .setTimestampColumn("recorded_at")
                .setOwnerColumn("owner")
                .build())
        .build();
  }

  /** Acknowledged by all replicas, idempotent within a producer's life, sent without lingering. */
  @Bean(destroyMethod = "shutDown")
  ProducerFactory<String, byte[]> producers(
      @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers,
      PublicationProperties properties) {
    var timeout = (int) properties.deliveryTimeout().toMillis();
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout / 2);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return DefaultProducerFactory.<String, byte[]>builder()
        .configuration(settings)
        .confirmationMode(ConfirmationMode.WAIT_FOR_ACK)
        .closeTimeout(Duration.ofSeconds(1))
        .build();
  }

  @Bean
  Republication republication(JdbcClient jdbc, Clock clock) {
    return new Republication(jdbc, clock);
  }

  @Bean
  Publication publication(
      EventStorageEngine engine,
      ProducerFactory<String, byte[]> producers,
      KafkaMessageConverter<String, byte[]> converter,
      Topics topics,
      JdbcClient jdbc,
      Republication republication,
      TokenStore tokens,
      TransactionManager transactions,
      CommitSignal signal,
      PublicationProperties properties,
      EventTopicProperties topicProperties) {
    var publication =
        new Publication(
            new CommittedEvents(engine, properties.batchSize()),
            new KafkaPublisher(producers, converter, properties.deliveryTimeout()),
            new PublishedTopics(jdbc, topics),
            republication,
            tokens,
            transactions,
            properties,
            topicProperties.checkInterval());
    signal.onCommit(publication::wakeUp);
    return publication;
  }
}
