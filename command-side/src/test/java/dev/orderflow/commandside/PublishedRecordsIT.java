package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is committed on any instance is on its topic, in the documented form. */
@ExtendWith(SharedCommandSide.class)
class PublishedRecordsIT {
  /** Below the 60 s after which an instance would look by itself. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final RunningCommandSide commandSide;

  PublishedRecordsIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void committed_events_reach_kafka_at_once_from_any_instance_as_documented() {
    var product = commandSide.product(5);
    var orderId =
        commandSide
            .order(
                commandSide.second(),
                commandSide.alice(),
                RunningCommandSide.newKey("alice"),
                product,
                2,
                "50000",
                1)
            .body()
            .path("orderId")
            .asString();
    commandSide.order(
        commandSide.first(),
        commandSide.alice(),
        RunningCommandSide.newKey("alice"),
        product,
        1,
        "50000",
        1);

    var record = published(EventTopic.ORDERS, r -> r.key().equals(orderId));

    assertThat(record.value())
        .contains("\"orderId\":\"" + orderId + "\"")
        .contains("\"price\":50000.0")
        .contains("\"totalAmount\":100000.0")
        .contains("\"currency\":\"VND\"")
        .contains("\"userId\":\"alice\"");
    assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
    assertThat(header(record, "ce_type")).isEqualTo("dev.orderflow.ordering.OrderPlacedEvent");
    assertThat(header(record, "ce_subject")).isEqualTo(orderId);
    assertThat(header(record, "ce_sequence")).isEqualTo("0".repeat(19));
    assertThat(header(record, "ce_dataversion")).isEqualTo("1");
    var reserved =
        published(
            EventTopic.INVENTORY, r -> r.key().equals(product) && r.value().contains(orderId));
    assertThat(header(reserved, "ce_type")).isEqualTo("dev.orderflow.inventory.StockReservedEvent");
  }

  /** The first record of the topic that is the one looked for, once it is there. */
  private static ConsumerRecord<String, String> published(
      EventTopic topic, Predicate<ConsumerRecord<String, String>> wanted) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", TestKafka.sharedBootstrapServers(),
                "group.id", UUID.randomUUID().toString(),
                "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(topic.topicName()));
      var found = new ArrayList<ConsumerRecord<String, String>>();
      await()
          .atMost(LIMIT)
          .until(() -> {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
              if (wanted.test(record)) {
                found.add(record);
              }
            }
            return !found.isEmpty();
          });
      return found.getFirst();
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
