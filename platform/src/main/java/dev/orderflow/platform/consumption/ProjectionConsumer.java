package dev.orderflow.platform.consumption;

import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs one projection: a listener container whose positions are rows of ours. */
public final class ProjectionConsumer implements SmartLifecycle {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** Who is far behind writes a row once for many events, and commits seldom. */
  private static final int MOST_AT_ONCE = 2_000;

  private final Projection projection;
  private final Positions positions;
  private final TransactionTemplate transaction;
  private final RecordReader reader;
  private final Quarantine quarantine;
  private final ConsumerFactory<String, byte[]> consumers;
  private final TopicFollower follower;

  /**
   * @param transaction on the database of the projection and its positions
   * @param quarantine in the same database
   * @param topicCheckInterval how often the ids of the topics are looked at
   */
  public ProjectionConsumer(
      Projection projection,
      Positions positions,
      TransactionTemplate transaction,
      KafkaMessageConverter<String, byte[]> converter,
      Quarantine quarantine,
      ConsumerFactory<String, byte[]> consumers,
      Topics topics,
      Duration topicCheckInterval) {
    this.projection = projection;
    this.positions = positions;
    this.transaction = transaction;
    this.reader = new RecordReader(converter);
    this.quarantine = quarantine;
    this.consumers = consumers;
    this.follower =
        new TopicFollower(
            projection.name(), projection.topics(), topics, topicCheckInterval, this::container);
  }

  @Override
  public void start() {
    follower.start();
  }

  @Override
  public void stop() {
    follower.stop();
  }

  @Override
  public boolean isRunning() {
    return follower.isRunning();
  }

  /** How long ago it has asked for events; zero before it has begun. Does not block. */
  public Duration sinceLastPoll() {
    return follower.sinceLastStep();
  }

  private ConcurrentMessageListenerContainer<String, byte[]> container(
      Map<EventTopic, UUID> topicIds) {
    var fence = new PositionFence(positions, topicIds);
    var properties =
        new ContainerProperties(
            topicIds.keySet().stream().map(EventTopic::topicName).toArray(String[]::new));
    properties.setGroupId(projection.name());
    // The positions are ours: Kafka is never told any.
    properties.setAckMode(ContainerProperties.AckMode.MANUAL);
    properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
    properties.setConsumerRebalanceListener(fence);
    properties
        .getKafkaConsumerProperties()
        .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MOST_AT_ONCE));
    properties.setMissingTopicsFatal(false);
    properties.setShutdownTimeout(STOP_TIMEOUT.toMillis());
    properties.setMessageListener(
        new ProjectionListener(projection, fence, transaction, reader, quarantine));
    var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
    container.setBeanName(projection.name());
    container.setCommonErrorHandler(UntilDone.errorHandler());
    return container;
  }
}
