package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.consumption.UntilDone;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.EventTopicProperties;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.quarantine.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes consumers whose offsets Kafka keeps. They read from the first record, commit after the work
 * and repeat a batch until all of it is done or kept as dead letters: events may come again, but
 * none is left out.
 */
@Component
public final class ConsumerGroups {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** Events may come again anyway; seldom commits let more of them, and cost Kafka less. */
  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

  private final ConsumerFactory<String, byte[]> consumers;
  private final RecordReader reader;
  private final DeadLetters letters;
  private final TransactionTemplate transaction;
  private final Topics topics;
  private final EventTopicProperties properties;
  private final TracedRecords traced;
  private final Clock clock;
  private final Map<Worker, EventProcessor> processors = new ConcurrentHashMap<>();

  ConsumerGroups(
      ConsumerFactory<String, byte[]> consumers,
      KafkaMessageConverter<String, byte[]> converter,
      DeadLetters letters,
      TransactionTemplate transaction,
      Topics topics,
      EventTopicProperties properties,
      TracedRecords traced,
      Clock clock) {
    this.traced = traced;
    this.consumers = consumers;
    this.reader = new RecordReader(converter);
    this.letters = letters;
    this.transaction = transaction;
    this.topics = topics;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * A consumer that begins as soon as Kafka answers.
   *
   * @param worker who does the work, once
   * @param sources what it reads; partitions of one number, and with them everything about one
   *     order, always go to the same member of the group
   * @param ignored the types of events in them that it has no use for
   */
  public TopicFollower join(
      Worker worker,
      List<EventTopic> sources,
      List<Class<? extends DomainEvent>> ignored,
      PollHandler handler) {
    var processor =
        new EventProcessor(
            worker,
            new IgnoredTypes(ignored),
            reader,
            letters,
            transaction,
            handler,
            traced,
            clock);
    processors.put(worker, processor);
    return new TopicFollower(
        worker.id(),
        Set.copyOf(sources),
        topics,
        properties.checkInterval(),
        ids -> container(group(worker, sources, ids), sources, processor));
  }

  /**
   * What a worker that has joined does with events.
   *
   * @throws NullPointerException when it has not joined
   */
  public EventProcessor processorOf(Worker worker) {
    return Objects.requireNonNull(processors.get(worker), worker::id);
  }

  /**
   * The ids of the topics are part of the group's name: with a new topic comes a new group, which
   * has no offsets and reads from the first record. All instances come to the same name, and a
   * restarted one comes to it again.
   */
  private static String group(Worker worker, List<EventTopic> sources, Map<EventTopic, UUID> ids) {
    var identity =
        sources.stream()
            .map(topic -> topic.topicName() + "=" + ids.get(topic))
            .collect(Collectors.joining(","));
    return worker.id() + "-" + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
  }

  private ConcurrentMessageListenerContainer<String, byte[]> container(
      String group, List<EventTopic> sources, EventProcessor processor) {
    var settings =
        new ContainerProperties(sources.stream().map(EventTopic::topicName).toArray(String[]::new));
    settings.setGroupId(group);
    settings.setAckMode(ContainerProperties.AckMode.TIME);
    settings.setAckTime(COMMIT_INTERVAL.toMillis());
    settings.setMissingTopicsFatal(false);
    settings.setShutdownTimeout(STOP_TIMEOUT.toMillis());
    settings
        .getKafkaConsumerProperties()
        .putAll(
            Map.of(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                RangeAssignor.class.getName()));
    settings.setMessageListener(new EventBatchListener(group, processor));
    var container = new ConcurrentMessageListenerContainer<>(consumers, settings);
    container.setBeanName(group);
    container.setCommonErrorHandler(UntilDone.errorHandler());
    return container;
  }
}
