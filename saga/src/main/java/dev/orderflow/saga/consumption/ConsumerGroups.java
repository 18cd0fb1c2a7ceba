package dev.orderflow.saga.consumption;

import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.stereotype.Component;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Makes consumers whose offsets Kafka keeps. They read from the first record, commit after the work
 * and repeat a batch until it is done: events may come again, but none is left out.
 */
@Component
public final class ConsumerGroups {
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final ConsumerFactory<String, byte[]> consumers;
  private final KafkaMessageConverter<String, byte[]> converter;
  private final Topics topics;

  ConsumerGroups(
      ConsumerFactory<String, byte[]> consumers,
      KafkaMessageConverter<String, byte[]> converter,
      Topics topics) {
    this.consumers = consumers;
    this.converter = converter;
    this.topics = topics;
  }

  /**
   * A consumer that begins as soon as Kafka answers.
   *
   * @param group its consumer group
   * @param sources what it reads; partitions of one number, and with them everything about one
   *     order, always go to the same member of the group
   * @param work on a batch; all or nothing of it
   */
  public EventConsumer join(
      String group, List<EventTopic> sources, Consumer<List<EventMessage<?>>> work) {
    var properties =
        new ContainerProperties(sources.stream().map(EventTopic::topicName).toArray(String[]::new));
    properties.setGroupId(group);
    properties.setMissingTopicsFatal(false);
    properties.setShutdownTimeout(STOP_TIMEOUT.toMillis());
    properties
        .getKafkaConsumerProperties()
        .putAll(
            Map.of(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                RangeAssignor.class.getName()));
    properties.setMessageListener(new EventBatchListener(group, converter, work));
    var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
    container.setBeanName(group);
    container.setCommonErrorHandler(repeating());
    return new EventConsumer(container, topics);
  }

  private static DefaultErrorHandler repeating() {
    var backOff = new ExponentialBackOff(FIRST_RETRY.toMillis(), 2);
    backOff.setMaxInterval(LONGEST_RETRY.toMillis());
    var errorHandler = new DefaultErrorHandler(backOff);
    // By default some kinds of exceptions are taken to be hopeless, and their records are skipped.
    errorHandler.setClassifications(Map.of(), true);
    return errorHandler;
  }
}
