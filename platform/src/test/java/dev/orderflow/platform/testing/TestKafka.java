package dev.orderflow.platform.testing;

import java.util.Locale;
import java.util.Map;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A Kafka broker, for tests that share one or have one of their own.
 *
 * @param bootstrapServers its address
 * @param end ends it
 */
public record TestKafka(String bootstrapServers, Runnable end) implements AutoCloseable {
  private static final String IMAGE = "apache/kafka:4.2.1";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "auto.create.topics.enable", "false",
          "group.min.session.timeout.ms", "1000",
          "group.initial.rebalance.delay.ms", "0",
          "offsets.topic.num.partitions", "1",
          "offsets.topic.replication.factor", "1",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1");

  /** The address of the broker that the tests of this JVM share; it stops with it. */
  public static String sharedBootstrapServers() {
    return Shared.BROKER.bootstrapServers();
  }

  /** A broker of its own, started; the one who asks for it closes it. */
  public static TestKafka start() {
    return switch (TestServers.chosen()) {
      case EMBEDDED -> embedded();
      case DOCKER -> inContainer();
    };
  }

  private static TestKafka embedded() {
    var broker = new EmbeddedKafkaKraftBroker(1, 1);
    SETTINGS.forEach(broker::brokerProperty);
    broker.afterPropertiesSet();
    return new TestKafka(broker.getBrokersAsString(), broker::destroy);
  }

  @SuppressWarnings("resource") // Closed with the record.
  private static TestKafka inContainer() {
    var container = new ServerContainer(IMAGE, 0);
    var address = "127.0.0.1:" + container.port();
    SETTINGS.forEach((name, value) -> container.withEnv(variable(name), value));
    container
        .withEnv("KAFKA_NODE_ID", "1")
        .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
        .withEnv("KAFKA_LISTENERS", "PLAINTEXT://:" + container.port() + ",CONTROLLER://:9093")
        .withEnv("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://" + address)
        .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
        .withEnv("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT")
        .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093")
        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
        .withEnv("KAFKA_HEAP_OPTS", "-Xmx256m")
        .waitingFor(Wait.forListeningPort());
    container.start();
    return new TestKafka(address, container::stop);
  }

  private static String variable(String setting) {
    return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  @Override
  public void close() {
    end.run();
  }

  private static final class Shared {
    static final TestKafka BROKER = start();
  }
}
