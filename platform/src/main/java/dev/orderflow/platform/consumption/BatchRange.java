package dev.orderflow.platform.consumption;

import java.util.Comparator;
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
  private static final Comparator<BatchRange> ORDER =
      Comparator.comparing((BatchRange range) -> range.partition().topic())
          .thenComparingInt(range -> range.partition().partition());

  /** The ranges of a batch, in the one order in which everybody locks positions. */
  static List<BatchRange> of(List<ConsumerRecord<String, byte[]>> batch) {
    return batch.stream()
        .collect(
            Collectors.toMap(
                record -> new TopicPartition(record.topic(), record.partition()),
                record ->
                    new BatchRange(
                        new TopicPartition(record.topic(), record.partition()),
                        record.offset(),
                        record.offset() + 1),
                BatchRange::join))
        .values()
        .stream()
        .sorted(ORDER)
        .toList();
  }

  private BatchRange join(BatchRange other) {
    return new BatchRange(partition, Math.min(first, other.first), Math.max(next, other.next));
  }
}
