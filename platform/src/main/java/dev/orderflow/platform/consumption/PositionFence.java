package dev.orderflow.platform.consumption;

import dev.orderflow.platform.consumption.Positions.Advance;
import dev.orderflow.platform.kafka.EventTopic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.transaction.TransactionException;

/**
 * Lets a batch through only when it continues where the database says the projection stands.
 *
 * <p>The position in the database alone is not enough: a failed batch is retried in memory, its
 * partition moves away and back, and the stale batch would find a position that fits. So the fence
 * remembers what this assignment expects, and refuses a batch that starts before it. Used on the
 * consumer's thread only.
 */
final class PositionFence implements ConsumerAwareRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(PositionFence.class);

  private final Positions positions;
  private final Map<String, UUID> topicIds;
  private final Map<TopicPartition, Long> expected = new HashMap<>();

  PositionFence(Positions positions, Map<EventTopic, UUID> topicIds) {
    this.positions = positions;
    this.topicIds =
        topicIds.entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().topicName(), Map.Entry::getValue));
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    try {
      seek(consumer, partitions);
    } catch (DataAccessException | TransactionException e) {
      // Nothing is expected, so nothing passes until the positions can be read.
      partitions.forEach(expected::remove);
      LOG.warn("Positions of {} cannot be read yet: {}", partitions, e.getMessage());
    }
  }

  @Override
  public void onPartitionsRevokedAfterCommit(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    partitions.forEach(expected::remove);
  }

  @Override
  public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    partitions.forEach(expected::remove);
  }

  /**
   * First statement of the transaction; holds the positions' rows until it ends.
   *
   * @throws FencedException when the batch must not be applied
   */
  void pass(List<BatchRange> batch) {
    if (positions.advance(batch.stream().map(this::advance).toList()) < batch.size()) {
      throw new FencedException("it does not begin where the projection stands");
    }
  }

  private Advance advance(BatchRange range) {
    var next = expected.get(range.partition());
    if (next == null || range.first() < next) {
      throw new FencedException(range.partition() + " from " + range.first());
    }
    return new Advance(
        topicId(range.partition()), range.partition().partition(), next, range.next());
  }

  /** After the commit. */
  void passed(List<BatchRange> batch) {
    batch.forEach(range -> expected.put(range.partition(), range.next()));
  }

  /** Reads the positions again and continues from there. */
  void resynchronize(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    seek(consumer, partitions.stream().filter(consumer.assignment()::contains).toList());
  }

  private void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    for (var partition : partitions) {
      var next = positions.next(topicId(partition), partition.partition());
      expected.put(partition, next);
      consumer.seek(partition, next);
    }
  }

  /** Where a record has its place. */
  RecordQueue queue(ConsumerRecord<String, byte[]> record) {
    return RecordQueue.of(topicId(record.topic()), record);
  }

  private UUID topicId(TopicPartition partition) {
    return topicId(partition.topic());
  }

  private UUID topicId(String topic) {
    return Objects.requireNonNull(topicIds.get(topic), topic);
  }
}
