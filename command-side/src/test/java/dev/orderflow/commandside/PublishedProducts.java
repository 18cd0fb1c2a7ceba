package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Products as instances create them, and what is in the topic of them. */
final class PublishedProducts {
  static final String PATH = "/admin/publication";
  static final String REPUBLISH = PATH + "/republish";
  static final Duration LIMIT = Duration.ofSeconds(40);

  private static final String STAFF = SigningKeys.TRUSTED.token("admin", "staff");

  private PublishedProducts() {}

  static String product(Instance instance, String... headers) {
    var id = "PROD-" + UUID.randomUUID();
    var answer =
        instance.send(
            "POST",
            "/products",
            STAFF,
            """
            {"productId": "%s", "name": "Lamp", "price": 1, "currency": "VND"}\
            """
                .formatted(id),
            headers);
    assertThat(answer.status()).isEqualTo(201);
    return id;
  }

  static void changePrice(Instance instance, String product) {
    var answer = instance.send("PUT", "/products/" + product + "/price", STAFF, "{\"price\": 2}");
    assertThat(answer.status()).isEqualTo(200);
  }

  static int republish(Instance instance) {
    return instance.send("POST", REPUBLISH, STAFF, "").status();
  }

  static void awaitLive(Instance instance) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          var state = instance.send("GET", PATH, STAFF, "").body().path("publication");
          assertThat(state.path("state").asString()).isEqualTo("LIVE");
          assertThat(state.path("published")).isEqualTo(state.path("total"));
          assertThat(state.path("percent").asInt()).isEqualTo(100);
        });
  }

  static void awaitPublished(String product) {
    awaitPublished(product, 1);
  }

  /** Reads the topic from its first record until the product has appeared so often. */
  static void awaitPublished(String product, int times) {
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
  static List<String> published(List<String> products) {
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

  /** What the product's records say of their traces, in their order. */
  static List<String> traces(String product) {
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
                500,
                // To be closed, it waits for the answer to what it has asked last.
                "fetch.max.wait.ms",
                20),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of(EventTopic.PRODUCTS.topicName()));
    return consumer;
  }
}
