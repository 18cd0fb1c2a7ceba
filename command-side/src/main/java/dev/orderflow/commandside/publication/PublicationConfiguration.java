package dev.orderflow.commandside.publication;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.CommittedEvents;
import dev.orderflow.platform.kafka.EventTopicProperties;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Series;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.overview.Together;
import dev.orderflow.platform.tracing.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.extensions.kafka.eventhandling.producer.ConfirmationMode;
import org.axonframework.extensions.kafka.eventhandling.producer.DefaultProducerFactory;
import org.axonframework.extensions.kafka.eventhandling.producer.ProducerFactory;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The way from the event store to Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicationProperties.class)
class PublicationConfiguration {
  /** A batch is flushed: so long a record waits for others of its batch at most. */
  private static final int LINGER_MS = 5;

  /** How long Kafka has to acknowledge: less than a claim lasts, which so outlives a batch. */
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(3);

  /** For how many seconds events may wait. */
  private static final int HELD_UP = 10;

  /** Acknowledged by all replicas, idempotent within a producer's life, sent when flushed. */
  @Bean(destroyMethod = "shutDown")
  ProducerFactory<String, byte[]> producers(
      @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers, KafkaProperties kafka) {
    var timeout = (int) DELIVERY_TIMEOUT.toMillis();
    var settings = kafka.buildProducerProperties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
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
  Shown publicationShown(MeterValues meters) {
    var waiting = meters.gauge("orderflow.publication.waiting");
    return new Shown(
        List.of(Check.red("publication-lag", waiting, "s", HELD_UP, "publication-is-held-up")),
        List.of(new Series("publication.lag", "s", Together.MAX, waiting)));
  }

  @Bean
  Publication publication(
      CommittedEvents events,
      ProducerFactory<String, byte[]> producers,
      List<AggregateType<?, ?>> types,
      Topics topics,
      JdbcClient jdbc,
      Serializer eventSerializer,
      Republication republication,
      TransactionTemplate transaction,
      CommitSignal signal,
      WaitingEvents waiting,
      PublicationLag lag,
      Traces traces,
      PublicationProperties properties,
      EventTopicProperties topicProperties,
      Clock clock) {
    return new Publication(
        events,
        new KafkaPublisher(
            producers,
            types.stream().collect(toMap(AggregateType::name, Function.identity())),
            DELIVERY_TIMEOUT,
            traces),
        new PublishedTopics(
            jdbc,
            topics,
            types.stream().flatMap(type -> type.topics().all().stream()).collect(toSet())),
        republication,
        new PublicationPosition(jdbc, eventSerializer, clock),
        transaction,
        signal,
        waiting,
        lag,
        properties,
        topicProperties.checkInterval());
  }
}
