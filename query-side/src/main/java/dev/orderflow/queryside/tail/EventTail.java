package dev.orderflow.queryside.tail;

import dev.orderflow.api.topic.EventTopic;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads the records that come to the topics from now on. It belongs to no consumer group and
 * commits nothing. When more come than a person can look at, it passes over some, so that a busy
 * platform does not pay for being watched. One thread uses it.
 */
final class EventTail implements AutoCloseable {
  private static final int MOST_AT_ONCE = 50;
  private static final int MOST_BEHIND = 200;
  private static final String MOST_BYTES = "262144";

  /** Milliseconds. A person sees no sooner what is fetched record by record. */
  private static final String FETCH_EVERY = "250";

  private final Consumer<String, byte[]> consumer;

  private EventTail(Consumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Begins at the present ends of the topics.
   *
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
   */
  static EventTail open(ConsumerFactory<String, byte[]> consumers) {
    var settings = new Properties();
    settings.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MOST_AT_ONCE));
    settings.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_BYTES);
    settings.setProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, MOST_BYTES);
    settings.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_EVERY);
    var suffix = "-" + Thread.currentThread().threadId();
    var tail = new EventTail(consumers.createConsumer(null, "tail", suffix, settings));
    try {
      tail.begin();
      return tail;
    } catch (RuntimeException e) {
      tail.close();
      throw e;
    }
  }

  private void begin() {
    consumer.assign(
        EventTopic.ALL.stream()
            .flatMap(topic ->
                IntStream.range(0, EventTopic.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic.topicName(), partition)))
            .toList());
    toTheEnd();
  }

  private void toTheEnd() {
    consumer.seekToEnd(consumer.assignment());
    // Only asking for a place finds it out; without, what comes before the next read is missed.
    consumer.assignment().forEach(consumer::position);
  }

  /**
   * What has come.
   *
   * @param records in the order of their partitions
   * @param skipped how many were passed over after them
   */
  record Taken(List<ConsumerRecord<String, byte[]>> records, long skipped) {}

  /** Waits for records, no longer than said. */
  Taken take(Duration atMost) {
    var records = consumer.poll(atMost);
    var behind =
        consumer.assignment().stream()
            .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
            .sum();
    if (behind > MOST_BEHIND) {
      toTheEnd();
    }
    return new Taken(
        StreamSupport.stream(records.spliterator(), false).toList(),
        behind > MOST_BEHIND ? behind : 0);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
