package dev.orderflow.platform.consumption;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Makes consumers whose offsets Kafka keeps. They read from the first record, commit after the work
 * and repeat a poll until all of it is done: records may come again, but none is left out.
 */
public final class ConsumerGroups {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerGroups.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** Rare commits cost Kafka less. After a crash more records come again, which is harmless. */
  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  private final ConsumerFactory<String, byte[]> consumers;
  private final Topics topics;
  private final Duration topicCheckInterval;

  /**
   * @param topicCheckInterval how often the ids of the topics are looked at
   */
  public ConsumerGroups(
      ConsumerFactory<String, byte[]> consumers, Topics topics, Duration topicCheckInterval) {
    this.consumers = consumers;
    this.topics = topics;
    this.topicCheckInterval = topicCheckInterval;
  }

  /**
   * A consumer that begins, once it is started, as soon as Kafka answers.
   *
   * @param name of the reader; the name of its group also has the ids of the topics
   * @param sources what it reads; partitions of one number, and with them everything under one key,
   *     always go to the same member of the group
   * @param most how many records are a poll at most
   */
  public TopicFollower join(
      String name, List<EventTopic> sources, int most, PollListener listener) {
    return new TopicFollower(
        name,
        Set.copyOf(sources),
        topics,
        topicCheckInterval,
        ids -> container(Subscription.of(name, sources, ids), most, listener));
  }

  private ConcurrentMessageListenerContainer<String, byte[]> container(
      Subscription subscription, int most, PollListener listener) {
    var settings =
        new ContainerProperties(
            subscription.topicIds().keySet().stream()
                .map(EventTopic::topicName)
                .toArray(String[]::new));
    settings.setGroupId(subscription.group());
    settings.setAckMode(ContainerProperties.AckMode.TIME);
    settings.setAckTime(COMMIT_INTERVAL.toMillis());
    // What was read last is committed after a poll that finds nothing.
    settings.setPollTimeout(COMMIT_INTERVAL.toMillis());
    settings.setMissingTopicsFatal(false);
    settings.setShutdownTimeout(STOP_TIMEOUT.toMillis());
    settings
        .getKafkaConsumerProperties()
        .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(most));
    settings.setMessageListener(
        (BatchMessageListener<String, byte[]>) poll -> accept(listener, subscription, poll));
    var container = new ConcurrentMessageListenerContainer<>(consumers, settings);
    container.setBeanName(subscription.group());
    container.setCommonErrorHandler(retryForever());
    return container;
  }

  /** A batch that failed comes again until it is done; none is skipped. */
  private static DefaultErrorHandler retryForever() {
    var backOff = new ExponentialBackOff(FIRST_RETRY.toMillis(), 2);
    backOff.setMaxInterval(LONGEST_RETRY.toMillis());
    var errorHandler =
        new DefaultErrorHandler(backOff) {
          @Override
          public void handleOtherException(
              Exception failure,
              Consumer<?, ?> consumer,
              MessageListenerContainer container,
              boolean batchListener) {
            // Such as a commit that Kafka does not answer, which the container forgets. A consumer
            // that joins its group anew reads again what was not committed, and commits it then.
            LOG.warn("{} joins its group anew: {}", container.getGroupId(), failure.getMessage());
            consumer.enforceRebalance();
          }
        };
    // By default some kinds of exceptions are taken to be hopeless, and their records are skipped.
    errorHandler.setClassifications(Map.of(), true);
    return errorHandler;
  }

  private static void accept(
      PollListener listener, Subscription subscription, List<ConsumerRecord<String, byte[]>> poll) {
    try {
      listener.accept(subscription, poll);
    } catch (RuntimeException e) {
      // Index 0: the error handler seeks back, so that no work goes on for a partition that has
      // moved.
      throw new BatchListenerFailedException(subscription.group() + " failed", e, 0);
    }
  }
}
