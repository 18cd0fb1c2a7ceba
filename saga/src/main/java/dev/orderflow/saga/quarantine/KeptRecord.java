package dev.orderflow.saga.quarantine;

import dev.orderflow.platform.consumption.RecordPlace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was on its topic.
 *
 * @param group the consumer group that could not proceed
 */
@SuppressWarnings("ArrayRecordComponent") // It only carries the bytes; nobody compares records.
public record KeptRecord(
    String group,
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    List<Header> headers,
    byte @Nullable [] value)
    implements Content {
  /** A header of the record. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Header(String name, byte @Nullable [] value) {}

  /** What is to be kept of a record. */
  public static KeptRecord of(String group, ConsumerRecord<String, byte[]> record) {
    return new KeptRecord(
        group,
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(header -> new Header(header.key(), header.value()))
            .toList(),
        record.value());
  }

  /** The record again. */
  public ConsumerRecord<String, byte[]> record() {
    @SuppressWarnings("NullAway") // Kafka's records may lack both; it just does not say so.
    var record = new ConsumerRecord<String, byte[]>(topic, partition, offset, key, value);
    headers.forEach(
        header -> record.headers().add(new RecordHeader(header.name(), header.value())));
    return record;
  }

  /** Where it was. */
  public RecordPlace place() {
    return new RecordPlace(topic, null, partition, offset, key);
  }

  @Override
  public String identity() {
    return "%s/%s-%d@%d".formatted(group, topic, partition, offset);
  }

  @Override
  public String payload() {
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }
}
