package dev.orderflow.platform.consumption;

import org.apache.kafka.common.TopicPartition;

/**
 * A batch that is not this consumer's to apply: its partition has moved, or it was applied already.
 */
final class FencedException extends RuntimeException {
  FencedException(TopicPartition partition, long firstOffset) {
    super("%s from offset %d".formatted(partition, firstOffset), null, false, false);
  }
}
