package dev.orderflow.platform.consumption;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that is no event of ours. It is never skipped in silence. */
public final class UnreadableRecordException extends RuntimeException {
  /** Names where the record is, not what is in it. */
  public UnreadableRecordException(ConsumerRecord<?, ?> record) {
    super(
        "The record at %s-%d offset %d is not a readable event"
            .formatted(record.topic(), record.partition(), record.offset()));
  }
}
