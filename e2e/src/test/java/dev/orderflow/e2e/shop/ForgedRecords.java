package dev.orderflow.e2e.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records to Kafka that look like ours, and say what nobody has decided. */
public final class ForgedRecords implements AutoCloseable {
  private final KafkaProducer<String, byte[]> stranger;

  /** Records for this Kafka. */
  public ForgedRecords(String bootstrapServers) {
    stranger =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends an event.
   *
   * @param type behind what all types begin with
   * @param json the event's beginning, without its time and its closing brace
   */
  public void send(String topic, String type, String key, String subject, String json) {
    var value = "%s,\"timestamp\":\"%s\"}".formatted(json, Instant.now());
    var record = new ProducerRecord<>(topic, key, value.getBytes(UTF_8));
    Map.of(
            "ce_specversion",
            "1.0",
            "ce_id",
            UUID.randomUUID().toString(),
            "ce_type",
            "dev.orderflow." + type,
            "ce_source",
            "/orderflow/" + type.substring(0, type.indexOf('.')),
            "ce_subject",
            subject,
            "ce_time",
            Instant.now().toString(),
            // Views pass over what comes too early: these are about money.
            "ce_sequence",
            "%019d".formatted(99),
            "ce_dataversion",
            "1",
            "content-type",
            "application/json")
        .forEach((name, header) -> record.headers().add(name, header.getBytes(UTF_8)));
    stranger.send(record);
    stranger.flush();
  }

  @Override
  public void close() {
    stranger.close();
  }
}
