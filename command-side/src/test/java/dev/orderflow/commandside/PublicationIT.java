package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is committed reaches Kafka, whoever committed it and whatever happens on the way. */
class PublicationIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final TestTokens tokens = new TestTokens();
  private final String staff = tokens.token("admin", "staff");
  private @TempDir Path directory;
  private Path publicKey;

  @BeforeEach
  void key() throws Exception {
    publicKey = tokens.publicKey(directory);
  }

  @Test
  void an_instance_that_does_not_publish_wakes_the_one_that_does() {
    try (var first = start("60s");
        var second = start("60s")) {
      for (var instance : List.of(first, second, first, second)) {
        awaitPublished(product(instance));
      }
    }
  }

  @Test
  void signals_come_again_after_the_connection_that_carries_them_was_killed() {
    try (var first = start("60s");
        var second = start("60s")) {
      awaitPublished(product(second));
      jdbc.sql(
              """
              SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE application_name = 'orderflow-commit-signals' AND datname = current_database()\
              """)
          .query(Boolean.class)
          .list();
      for (var instance : List.of(first, second)) {
        awaitPublished(product(instance));
      }
    }
  }

  @Test
  void a_publisher_without_a_token_publishes_everything_from_the_first_event() {
    String product;
    try (var first = start("60s")) {
      product = product(first);
      awaitPublished(product);
    }
    jdbc.sql("DELETE FROM publication_token").update();
    try (var _ = start("60s")) {
      awaitPublished(product, 2);
    }
  }

  @Test
  void everything_is_published_again_to_a_topic_that_was_created_anew() throws Exception {
    try (var instance = start("60s")) {
      var before = product(instance);
      awaitPublished(before);

      try (var admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
        admin.deleteTopics(List.of(EventTopic.PRODUCTS.topicName())).all().get();
      }

      awaitPublished(product(instance));
      awaitPublished(before);
    }
  }

  private Instance start(String fallbackPoll) {
    return Instance.start(
        database, publicKey, "--orderflow.publication.fallback-poll=" + fallbackPoll);
  }

  private String product(Instance instance) {
    var id = "PROD-" + UUID.randomUUID();
    var answer =
        instance.send(
            "POST",
            "/products",
            staff,
            """
            {"productId": "%s", "name": "Lamp", "price": 1, "currency": "VND"}\
            """
                .formatted(id));
    assertThat(answer.status()).isEqualTo(201);
    return id;
  }

  private static void awaitPublished(String product) {
    awaitPublished(product, 1);
  }

  /** Reads the topic from its first record until the product has appeared so often. */
  private static void awaitPublished(String product, int times) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                TestKafka.bootstrapServers(),
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "metadata.max.age.ms",
                500),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(EventTopic.PRODUCTS.topicName()));
      var keys = new ArrayList<String>();
      await()
          .atMost(LIMIT)
          .until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> keys.add(record.key()));
            return Collections.frequency(keys, product) >= times;
          });
    }
  }
}
