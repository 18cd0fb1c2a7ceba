package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.testing.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is committed reaches Kafka, whichever instance committed it and whatever happens on the way.
 */
class PublicationIT {
  private static final String PUBLICATION = "/admin/publication";
  private static final String REPUBLISH = PUBLICATION + "/republish";
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final String staff = SigningKeys.TRUSTED.token("admin", "staff");

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

      try (var admin =
          Admin.create(Map.of("bootstrap.servers", TestKafka.sharedBootstrapServers()))) {
        admin.deleteTopics(List.of(EventTopic.PRODUCTS.topicName())).all().get();
      }

      awaitPublished(product(instance));
      awaitPublished(before);
    }
  }

  @Test
  void everything_is_published_again_on_demand_unchanged_while_new_events_are_appended() {
    try (var first = start("60s");
        var second = start("60s")) {
      var before = List.of(product(first), product(second), product(first));
      before.forEach(PublicationIT::awaitPublished);

      assertThat(republish(second)).isEqualTo(202);
      assertThat(republish(first)).isEqualTo(202);
      var meanwhile = product(second);

      awaitPublished(meanwhile);
      before.forEach(product -> awaitPublished(product, 2));
      awaitLive(first);
      awaitLive(second);
      var identities =
          jdbc.sql(
                  "SELECT event_id || ' ' || lpad(sequence_number::text, 19, '0') FROM domain_event")
              .query(String.class)
              .list();
      assertThat(published(before))
          .hasSizeGreaterThanOrEqualTo(2 * before.size())
          .isSubsetOf(identities);
    }
  }

  @Test
  void a_republication_that_was_asked_for_or_half_done_when_all_were_killed_is_completed() {
    List<String> products;
    try (var instance = start("60s")) {
      products = List.of(product(instance), product(instance), product(instance));
      products.forEach(PublicationIT::awaitPublished);
    }
    jdbc.sql("INSERT INTO republication DEFAULT VALUES").update();
    try (var instance = start("60s")) {
      products.forEach(product -> awaitPublished(product, 2));
      awaitLive(instance);
    }
    jdbc.sql(
            """
            INSERT INTO republication (begun_at, up_to)
            SELECT now(), max(global_index) FROM domain_event\
            """)
        .update();
    jdbc.sql("UPDATE publication_token SET token = ?")
        .param("{\"index\":1,\"gaps\":[]}".getBytes(StandardCharsets.UTF_8))
        .update();
    try (var instance = start("60s")) {
      awaitPublished(products.getLast(), 3);
      awaitLive(instance);
    }
  }

  @Test
  void a_topic_that_somebody_else_has_made_is_told_to_keep_every_event() throws Exception {
    var name = EventTopic.PRODUCTS.topicName();
    try (var admin =
        Admin.create(Map.of("bootstrap.servers", TestKafka.sharedBootstrapServers()))) {
      try (var _ = start("60s")) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        var forgetful = new AlterConfigOp(new ConfigEntry("retention.ms", "604800000"), OpType.SET);
        await().atMost(LIMIT).until(() -> admin.listTopics().names().get().contains(name));
        admin.incrementalAlterConfigs(Map.of(topic, List.of(forgetful))).all().get();
      }
      try (var instance = start("60s")) {
        awaitPublished(product(instance));
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        await()
            .atMost(LIMIT)
            .until(() -> {
              var settings = admin.describeConfigs(List.of(topic)).all().get().get(topic);
              return settings.get("retention.ms").value().equals("-1")
                  && settings.get("retention.bytes").value().equals("-1")
                  && settings.get("cleanup.policy").value().equals("delete");
            });
      }
    }
  }

  @Test
  void republication_without_an_event_is_done_at_once() {
    try (var instance = start("60s")) {
      assertThat(republish(instance)).isEqualTo(202);
      awaitLive(instance);
    }
  }

  @Test
  void republication_is_for_staff() {
    try (var instance = start("60s")) {
      var customer = SigningKeys.TRUSTED.token("alice", "customer");
      assertThat(instance.send("POST", REPUBLISH, customer, "").status()).isEqualTo(403);
      assertThat(instance.send("GET", PUBLICATION, customer, "").status()).isEqualTo(403);
    }
  }

  @Test
  void a_sampled_trace_goes_with_the_event_to_its_record_and_not_with_a_repetition() {
    try (var instance = start("60s")) {
      var traced = product(instance, "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
      var untraced = product(instance, "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-00");
      awaitPublished(traced);
      awaitPublished(untraced);
      republish(instance);
      awaitPublished(traced, 2);

      assertThat(traces(traced)).hasSize(2).first().asString().contains(TRACE).endsWith("-01");
      assertThat(traces(traced)).last().isEqualTo("none");
      assertThat(traces(untraced)).containsOnly("none");
      assertThat(metadata(traced)).contains(TRACE);
      assertThat(metadata(untraced)).isEqualTo("{}");
    }
  }

  @Test
  void how_far_the_publication_is_behind_is_measured() {
    try (var instance = start("60s")) {
      var meters = instance.bean(MeterRegistry.class);
      awaitPublished(product(instance));
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> {
            assertThat(meters.get("orderflow.publication.behind").gauge().value()).isZero();
            assertThat(meters.get("orderflow.publication.lag").timer().count()).isPositive();
          });

      // Another instance has claimed it, and does nothing.
      jdbc.sql(
              "UPDATE publication_token SET owner = 'another', recorded_at = '9999-01-01T00:00:00Z'")
          .update();
      product(instance);
      await()
          .atMost(LIMIT)
          .until(() -> meters.get("orderflow.publication.behind").gauge().value() >= 1);
    }
  }

  private String metadata(String product) {
    return jdbc.sql(
            "SELECT convert_from(metadata, 'UTF8') FROM domain_event WHERE aggregate_id = ?")
        .param("product-" + product)
        .query(String.class)
        .single();
  }

  /** What the product's records say of their traces, in their order. */
  private static List<String> traces(String product) {
    try (var consumer = consumer()) {
      var traces = new ArrayList<String>();
      await()
          .atMost(LIMIT)
          .until(() -> {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
              if (product.equals(record.key())) {
                var trace = record.headers().lastHeader("traceparent");
                traces.add(
                    trace == null ? "none" : new String(trace.value(), StandardCharsets.UTF_8));
              }
            }
            return traces.size() >= 2;
          });
      return traces;
    }
  }

  private int republish(Instance instance) {
    return instance.send("POST", REPUBLISH, staff, "").status();
  }

  private void awaitLive(Instance instance) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          var state = instance.send("GET", PUBLICATION, staff, "").body().path("publication");
          assertThat(state.path("state").asString()).isEqualTo("LIVE");
          assertThat(state.path("published")).isEqualTo(state.path("total"));
          assertThat(state.path("percent").asInt()).isEqualTo(100);
        });
  }

  private Instance start(String fallbackPoll) {
    return Instance.start(database, "--orderflow.publication.fallback-poll=" + fallbackPoll);
  }

  private String product(Instance instance, String... headers) {
    var id = "PROD-" + UUID.randomUUID();
    var answer =
        instance.send(
            "POST",
            "/products",
            staff,
            """
            {"productId": "%s", "name": "Lamp", "price": 1, "currency": "VND"}\
            """
                .formatted(id),
            headers);
    assertThat(answer.status()).isEqualTo(201);
    return id;
  }

  private static void awaitPublished(String product) {
    awaitPublished(product, 1);
  }

  /** Reads the topic from its first record until the product has appeared so often. */
  private static void awaitPublished(String product, int times) {
    try (var consumer = consumer()) {
      var keys = new ArrayList<String>();
      await()
          .atMost(LIMIT)
          .until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> keys.add(record.key()));
            return Collections.frequency(keys, product) >= times;
          });
    }
  }

  /** The id and sequence of every record of the products, each as often as it is in the topic. */
  private static List<String> published(List<String> products) {
    try (var consumer = consumer()) {
      var identities = new ArrayList<String>();
      await()
          .atMost(LIMIT)
          .until(() -> {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
              if (products.contains(record.key())) {
                identities.add(header(record, "ce_id") + " " + header(record, "ce_sequence"));
              }
            }
            return identities.size() >= 2 * products.size();
          });
      return identities;
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static KafkaConsumer<String, String> consumer() {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                TestKafka.sharedBootstrapServers(),
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "metadata.max.age.ms",
                500),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of(EventTopic.PRODUCTS.topicName()));
    return consumer;
  }
}
