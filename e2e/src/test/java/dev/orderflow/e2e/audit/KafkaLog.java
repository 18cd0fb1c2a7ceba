package dev.orderflow.e2e.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All that was published. */
public final class KafkaLog {
  private static final List<String> TOPICS =
      List.of("products", "inventory", "orders", "payments", "payment-outcomes");
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;

  public KafkaLog(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Every record from the first to the last one of this moment, each partition in its order. */
  public List<EventRecord> records() {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      var partitions =
          TOPICS.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var records = new ArrayList<EventRecord>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(record -> records.add(EventRecord.of(record)));
      }
      records.sort(
          Comparator.comparing(EventRecord::topic)
              .thenComparing(EventRecord::partition)
              .thenComparing(EventRecord::offset));
      return records;
    }
  }

  /** Those under one key. */
  public List<EventRecord> records(String topic, String key) {
    return records().stream()
        .filter(record -> record.topic().equals(topic) && record.key().equals(key))
        .toList();
  }

  /** The names of the events under one key, in their order, repetitions left out. */
  public List<String> types(String topic, String key) {
    return records(topic, key).stream().map(EventRecord::type).distinct().toList();
  }
}
