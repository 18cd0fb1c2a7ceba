package dev.orderflow.platform.consumption;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.Rows.Moments;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.testing.TestPostgres.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** One instance of a service with a view of the stock. */
final class Node implements AutoCloseable {
  static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(2);
  static final List<EventTopic> SOURCES = List.of(EventTopic.INVENTORY);

  private final HikariDataSource dataSource = new HikariDataSource();
  private final Topics topics;
  private final TopicFollower consumer;

  private Node(Database database, String kafka, String name, Moments moments) {
    dataSource.setJdbcUrl(database.url());
    dataSource.setUsername(database.user());
    dataSource.setMaximumPoolSize(3);
    dataSource.setConnectionInitSql("SET idle_in_transaction_session_timeout = 1000");
    topics = new Topics(Map.of("bootstrap.servers", kafka), (short) 1);
    consumer =
        new ConsumerGroups(
                new DefaultKafkaConsumerFactory<>(settings(kafka)), topics, Duration.ofMillis(200))
            .join(
                name,
                SOURCES,
                100,
                new Rows(
                    JdbcClient.create(dataSource),
                    new TransactionTemplate(new DataSourceTransactionManager(dataSource)),
                    moments));
    consumer.start();
  }

  static Node start(Database database, String kafka, String name) {
    return start(database, kafka, name, Moments.NONE);
  }

  static Node start(Database database, String kafka, String name, Moments moments) {
    return new Node(database, kafka, name, moments);
  }

  static Map<String, Object> settings(String kafka) {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 1_500);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 300);
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) MAX_POLL_INTERVAL.toMillis());
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    return settings;
  }

  Duration sinceLastPoll() {
    return consumer.sinceLastStep();
  }

  @Override
  public void close() {
    consumer.stop();
    topics.close();
    dataSource.close();
  }
}
