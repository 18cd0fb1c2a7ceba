package dev.orderflow.platform.consumption;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a batch covers of one partition.
 *
 * @param first the first offset
 * @param next the offset after the last
 */
record BatchRange(TopicPartition partition, long first, long next) {
  /** The ranges of a batch. */
  static List<BatchRange> of(List<ConsumerRecord<String, byte[]>> batch) {
    return List.copyOf(
        batch.stream()
            .collect(
                Collectors.toMap(
                    record -> new TopicPartition(record.topic(), record.partition()),
                    record ->
                        new BatchRange(
                            new TopicPartition(record.topic(), record.partition()),
                            record.offset(),
                            record.offset() + 1),
                    BatchRange::join))
            .values());
  }

  private BatchRange join(BatchRange other) {
    return new BatchRange(partition, Math.min(first, other.first), Math.max(next, other.next));
  }
}
