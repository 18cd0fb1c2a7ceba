package dev.orderflow.queryside.rebuild;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.PollListener;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.queryside.projection.Projection;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/** Makes replays of what projections are built from. */
@Component
class Replays {
  /** All of them are in memory at a time, of each thread, and a poll costs some round trips. */
  private static final int MOST_AT_ONCE = 1_000;

  /** Each takes a connection of the database's pool now and then, which readers need as well. */
  private static final int THREADS = 2;

  private static final int CALL_TIMEOUT_MS = 5_000;

  /** Some polls of compressed records. What is fetched ahead of each partition stays in memory. */
  private static final int FETCHED_AHEAD_BYTES = 256 * 1024;

  /**
   * What is asked of a broker waits for a fetch under way, which has no more to come at the end.
   */
  private static final int FETCH_WAIT_MS = 10;

  private final ConsumerFactory<String, byte[]> consumers;
  private final Topics topics;

  Replays(@Qualifier("passingConsumers") ConsumerFactory<String, byte[]> consumers, Topics topics) {
    this.consumers = consumers;
    this.topics = topics;
  }

  /** What the projection is fed from, in the topics that there are now. */
  Subscription subscription(Projection<?> projection) {
    return Subscription.of(projection.name(), projection.topics(), topics.ensure());
  }

  /** From the first record on, by several threads. */
  Replay all(Subscription subscription, PollListener listener) {
    var all =
        IntStream.range(0, THREADS)
            .mapToObj(thread -> {
              var consumer = consumer(subscription, Integer.toString(thread));
              consumer.assign(
                  partitions(
                      subscription,
                      IntStream.range(0, EventTopic.PARTITIONS)
                          .filter(partition -> partition % THREADS == thread)));
              consumer.seekToBeginning(consumer.assignment());
              return consumer;
            })
            .toList();
    return new Replay(all, subscription, listener);
  }

  /** From what the consumer group has read for certain. */
  Replay behindTheGroup(Subscription subscription, PollListener listener) {
    var consumer = consumer(subscription, "end");
    // It goes on where its group stands, or at the first record.
    consumer.assign(partitions(subscription, IntStream.range(0, EventTopic.PARTITIONS)));
    return new Replay(List.of(consumer), subscription, listener);
  }

  private Consumer<String, byte[]> consumer(Subscription subscription, String part) {
    var settings = new Properties();
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MOST_AT_ONCE));
    settings.put(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(FETCHED_AHEAD_BYTES));
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Integer.toString(FETCH_WAIT_MS));
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(CALL_TIMEOUT_MS));
    var group = subscription.group();
    return consumers.createConsumer(group, "replay", "-" + group + "-" + part, settings);
  }

  private static Collection<TopicPartition> partitions(
      Subscription subscription, IntStream numbers) {
    Set<EventTopic> sources = subscription.topicIds().keySet();
    return numbers
        .boxed()
        .flatMap(
            number -> sources.stream().map(topic -> new TopicPartition(topic.topicName(), number)))
        .toList();
  }
}
