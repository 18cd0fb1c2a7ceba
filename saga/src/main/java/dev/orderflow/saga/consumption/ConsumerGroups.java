package dev.orderflow.saga.consumption;

import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.consumption.UntilDone;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.EventTopicProperties;
import dev.orderflow.platform.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.stereotype.Component;

/**
 * Makes consumers whose offsets Kafka keeps. They read from the first record, commit after the work
 * and repeat a batch until it is done: events may come again, but none is left out.
 */
@Component
public final class ConsumerGroups {
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
  public TopicFollower join(
      String name, List<EventTopic> sources, Consumer<List<EventMessage<?>>> work) {
    var listener = new EventBatchListener(name, converter, work);
    return new TopicFollower(
        name,
        Set.copyOf(sources),
        topics,
        properties.checkInterval(),
        ids -> container(group(name, sources, ids), sources, listener));
  }

  /**
   * The ids of the topics are part of the group's name: with a new topic comes a new group, which
   * has no offsets and reads from the first record. All instances come to the same name, and a
   * restarted one comes to it again.
   */
  private static String group(String name, List<EventTopic> sources, Map<EventTopic, UUID> ids) {
    var identity =
        sources.stream()
            .map(topic -> topic.topicName() + "=" + ids.get(topic))
            .collect(Collectors.joining(","));
    return name + "-" + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
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
    container.setCommonErrorHandler(UntilDone.errorHandler());
    return container;
  }
}
