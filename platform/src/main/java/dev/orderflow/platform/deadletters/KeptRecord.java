package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.consumption.RecordPlace;
import dev.orderflow.platform.serialization.ShownJson;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was on its topic.
 *
 * @param topicId null when an earlier release kept it, which did not note it
 */
@SuppressWarnings("ArrayRecordComponent") // It only carries the bytes; nobody compares records.
public record KeptRecord(
    @Nullable UUID topicId,
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    List<Header> headers,
    byte @Nullable [] value)
    implements Content {
  private static final int LONGEST_KEY = 128;

  /** A header of the record. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Header(String name, byte @Nullable [] value) {}

  /** What is to be kept of a record. */
  public static KeptRecord of(UUID topicId, ConsumerRecord<String, byte[]> record) {
    return new KeptRecord(
        topicId,
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
    var shown = key == null || key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    return new RecordPlace(
        topic, topicId == null ? null : topicId.toString(), partition, offset, shown);
  }

  @Override
  public String identity() {
    return "%s-%d@%d".formatted(topicId, partition, offset);
  }

  @Override
  public String payload() {
    return value == null ? "" : ShownJson.text(value);
  }
}
