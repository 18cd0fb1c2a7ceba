package dev.orderflow.saga.consumption;

import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.EventTopicProperties;
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
  private final EventTopicProperties properties;

  ConsumerGroups(
      ConsumerFactory<String, byte[]> consumers,
      KafkaMessageConverter<String, byte[]> converter,
      Topics topics,
      EventTopicProperties properties) {
    this.consumers = consumers;
    this.converter = converter;
    this.topics = topics;
    this.properties = properties;
  }

  /**
   * A consumer that begins as soon as Kafka answers.
   *
   * @param name of its consumer group, without the topic ids that are part of it
   * @param sources what it reads; partitions of one number, and with them everything about one
   *     order, always go to the same member of the group
   * @param work on a batch; all or nothing of it
   */
  public EventConsumer join(
      String name, List<EventTopic> sources, Consumer<List<EventMessage<?>>> work) {
    return new EventConsumer(
        name,
        sources,
        topics,
        properties.checkInterval(),
        group -> container(group, sources, new EventBatchListener(name, converter, work)));
  }

  private ConcurrentMessageListenerContainer<String, byte[]> container(
      String group, List<EventTopic> sources, EventBatchListener listener) {
    var settings =
        new ContainerProperties(sources.stream().map(EventTopic::topicName).toArray(String[]::new));
    settings.setGroupId(group);
    settings.setMissingTopicsFatal(false);
    settings.setShutdownTimeout(STOP_TIMEOUT.toMillis());
    settings
        .getKafkaConsumerProperties()
        .putAll(
            Map.of(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                RangeAssignor.class.getName()));
    settings.setMessageListener(listener);
    var container = new ConcurrentMessageListenerContainer<>(consumers, settings);
    container.setBeanName(group);
    container.setCommonErrorHandler(repeating());
    return container;
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
