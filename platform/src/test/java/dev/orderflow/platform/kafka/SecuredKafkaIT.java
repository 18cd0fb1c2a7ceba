package dev.orderflow.platform.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.kafka.Topics.TopicsUnavailableException;
import dev.orderflow.platform.testing.TlsFiles;
import dev.orderflow.platform.tracing.Traces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * A broker that refuses clients without a password, and speaks TLS only, by configuration alone.
 */
class SecuredKafkaIT {
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required"
          + " username=\"orderflow\" password=\"%s\"";

  @TempDir private static Path directory;
  private static TlsFiles files;
  private static EmbeddedKafkaKraftBroker broker;

  @BeforeAll
  static void start() throws Exception {
    files = TlsFiles.in(directory);
    broker = new EmbeddedKafkaKraftBroker(1, 1);
    Map.of(
            "listener.security.protocol.map", "EXTERNAL:SASL_SSL,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms", "PLAIN",
            "sasl.mechanism.inter.broker.protocol", "PLAIN",
            "listener.name.external.plain.sasl.jaas.config",
                LOGIN.formatted("right") + " user_orderflow=\"right\";",
            "ssl.keystore.location", files.store().toString(),
            "ssl.keystore.password", TlsFiles.PASSWORD,
            "ssl.truststore.location", files.certificate().toString(),
            "ssl.truststore.type", "PEM",
            "group.min.session.timeout.ms", "1000",
            "offsets.topic.replication.factor", "1")
        .forEach(broker::brokerProperty);
    broker.afterPropertiesSet();
  }

  @AfterAll
  static void stop() {
    broker.destroy();
  }

  @Test
  void topics_are_made_written_and_read_over_tls_with_the_password() {
    service("right")
        .run(context -> {
          var kafka = context.getBean(KafkaProperties.class);
          assertThat(context.getBean(Topics.class).ensure()).containsKey(EventTopic.ORDERS);
          try (var producer =
                  new KafkaProducer<>(
                      kafka.buildProducerProperties(),
                      new StringSerializer(),
                      new ByteArraySerializer());
              var consumer = consumers(context).createConsumer("readers", "")) {
            producer.send(new ProducerRecord<>("orders", "ORD-1", "{}".getBytes(UTF_8))).get();
            consumer.subscribe(List.of("orders"));
            await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> consumer.poll(Duration.ofMillis(200)).count() == 1);
          }
        });
  }

  @Test
  void another_password_is_not_let_in() {
    service("wrong")
        .run(context ->
            assertThatThrownBy(() -> context.getBean(Topics.class).ensure())
                .isInstanceOf(TopicsUnavailableException.class)
                .hasRootCauseMessage("Authentication failed: Invalid username or password"));
  }

  @SuppressWarnings("unchecked") // There is one, of this type.
  private static ConsumerFactory<String, byte[]> consumers(ApplicationContext context) {
    return context.getBean(ConsumerFactory.class);
  }

  private static ApplicationContextRunner service(String password) {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class))
        .withBean(Traces.class, Traces::none)
        .withPropertyValues(
            "spring.kafka.bootstrap-servers=" + broker.getBrokersAsString(),
            "spring.kafka.security.protocol=SASL_SSL",
            "spring.kafka.ssl.trust-store-type=PEM",
            "spring.kafka.ssl.trust-store-location=file:" + files.certificate(),
            "spring.kafka.properties.sasl.mechanism=PLAIN",
            "spring.kafka.properties.sasl.jaas.config=" + LOGIN.formatted(password) + ";");
  }
}
