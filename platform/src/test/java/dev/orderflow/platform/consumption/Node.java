package dev.orderflow.platform.consumption;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.testing.TestPostgres.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** One instance of a service with a projection that writes down every event it takes in. */
final class Node implements AutoCloseable {
  static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(2);

  private final HikariDataSource dataSource = new HikariDataSource();
  private final Topics topics;
  private final ProjectionConsumer consumer;
  final KeptInMemory quarantine = new KeptInMemory();

  private Node(
      Database database,
      String kafka,
      String group,
      Consumer<JdbcClient> beforeCommit,
      Runnable beforeTransaction) {
    dataSource.setJdbcUrl(database.url());
    dataSource.setUsername(database.user());
    dataSource.setMaximumPoolSize(3);
    dataSource.setConnectionInitSql("SET idle_in_transaction_session_timeout = 1000");
    topics = new Topics(Map.of("bootstrap.servers", kafka), (short) 1);
    var jdbc = JdbcClient.create(dataSource);
    consumer =
        new ProjectionConsumer(
            new WritingDown(group, jdbc, beforeCommit),
            new Positions(jdbc, group, 1),
            new TransactionTemplate(new DataSourceTransactionManager(dataSource)),
            new PausingConverter(beforeTransaction),
            quarantine,
            new DefaultKafkaConsumerFactory<>(settings(kafka)),
            topics,
            Duration.ofMillis(200));
    consumer.start();
  }

  static Node start(Database database, String kafka, String group) {
    return new Node(database, kafka, group, _ -> {}, () -> {});
  }

  /** Runs the action when the rows are written and nothing is committed yet. */
  static Node startWithActionBeforeCommit(
      Database database, String kafka, String group, Consumer<JdbcClient> action) {
    return new Node(database, kafka, group, action, () -> {});
  }

  /** Runs the action when a batch has arrived and its transaction has not begun. */
  static Node startWithActionBeforeTransaction(
      Database database, String kafka, String group, Runnable action) {
    return new Node(database, kafka, group, _ -> {}, action);
  }

  private static Map<String, Object> settings(String kafka) {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 1_500);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 300);
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) MAX_POLL_INTERVAL.toMillis());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return settings;
  }

  Duration sinceLastPoll() {
    return consumer.sinceLastPoll();
  }

  @Override
  public void close() {
    consumer.stop();
    topics.close();
    dataSource.close();
  }

  private record WritingDown(String name, JdbcClient jdbc, Consumer<JdbcClient> beforeCommit)
      implements Projection {
    @Override
    public Set<EventTopic> topics() {
      return Set.of(EventTopic.INVENTORY);
    }

    @Override
    public void apply(List<SequencedEvent> events) {
      for (var event : events) {
        jdbc.sql("INSERT INTO applied (aggregate_id, sequence) VALUES (?, ?)")
            .params(event.aggregateId(), event.sequence())
            .update();
      }
      beforeCommit.accept(jdbc);
    }
  }

  private static final class PausingConverter implements KafkaMessageConverter<String, byte[]> {
    private final EventRecordConverter converter = new EventRecordConverter(EventJson.serializer());
    private final Runnable action;

    PausingConverter(Runnable action) {
      this.action = action;
    }

    @Override
    public ProducerRecord<String, byte[]> createKafkaMessage(
        EventMessage<?> message, String topic) {
      return converter.createKafkaMessage(message, topic);
    }

    @Override
    public Optional<EventMessage<?>> readKafkaMessage(ConsumerRecord<String, byte[]> message) {
      action.run();
      return converter.readKafkaMessage(message);
    }
  }
}
