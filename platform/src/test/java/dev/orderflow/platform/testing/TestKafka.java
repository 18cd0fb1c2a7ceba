package dev.orderflow.platform.testing;

import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A Kafka broker, for tests that share one or have one of their own. */
public final class TestKafka {
  private TestKafka() {}

  /** The address of the broker that the tests of this JVM share; it stops with it. */
  public static String bootstrapServers() {
    return Shared.BROKER.getBrokersAsString();
  }

  /** A broker of its own, started; whoever asks for it destroys it. */
  public static EmbeddedKafkaBroker start() {
    var broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperty("auto.create.topics.enable", "false");
    broker.brokerProperty("group.min.session.timeout.ms", "1000");
    broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
    broker.brokerProperty("offsets.topic.num.partitions", "1");
    broker.brokerProperty("offsets.topic.replication.factor", "1");
    broker.brokerProperty("transaction.state.log.replication.factor", "1");
    broker.brokerProperty("transaction.state.log.min.isr", "1");
    broker.afterPropertiesSet();
    return broker;
  }

  private static final class Shared {
    static final EmbeddedKafkaBroker BROKER = start();
  }
}
