package dev.orderflow.platform.consumption;

import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Runs one projection: a listener container whose positions are rows of ours.
 *
 * <p>It starts as soon as Kafka answers, and keeps an eye on the ids of its topics: a topic that
 * was deleted and created anew keeps its name but not its id, and is read from its first record.
 */
public final class ProjectionConsumer implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ProjectionConsumer.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final Projection projection;
  private final Positions positions;
  private final TransactionTemplate transaction;
  private final KafkaMessageConverter<String, byte[]> converter;
  private final ConsumerFactory<String, byte[]> consumers;
  private final Topics topics;
  private final Duration topicCheckInterval;

  private @Nullable ScheduledExecutorService watch;
  private @Nullable ConcurrentMessageListenerContainer<String, byte[]> container;
  private Map<String, UUID> topicIds = Map.of();

  /**
   * @param transaction on the database of the projection and its positions
   * @param topicCheckInterval how often the ids of the topics are looked at
   */
  public ProjectionConsumer(
      Projection projection,
      Positions positions,
      TransactionTemplate transaction,
      KafkaMessageConverter<String, byte[]> converter,
      ConsumerFactory<String, byte[]> consumers,
      Topics topics,
      Duration topicCheckInterval) {
    this.projection = projection;
    this.positions = positions;
    this.transaction = transaction;
    this.converter = converter;
    this.consumers = consumers;
    this.topics = topics;
    this.topicCheckInterval = topicCheckInterval;
  }

  @Override
  public synchronized void start() {
    if (watch == null) {
      watch =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofVirtual().name("topic-watch-" + projection.name()).factory());
      var _ =
          watch.scheduleWithFixedDelay(
              this::followTopics, 0, topicCheckInterval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void stop() {
    ScheduledExecutorService running;
    synchronized (this) {
      running = watch;
      watch = null;
    }
    if (running != null) {
      running.shutdownNow();
      stopContainer();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return watch != null;
  }

  private void followTopics() {
    try {
      var ids = topics.ensure();
      var current = new HashMap<String, UUID>();
      for (EventTopic topic : projection.topics()) {
        var id = ids.get(topic);
        if (id != null) {
          current.put(topic.topicName(), id);
        }
      }
      if (current.size() == projection.topics().size() && !current.equals(topicIds)) {
        restart(current);
      }
    } catch (RuntimeException e) {
      LOG.warn("{} cannot look at its topics: {}", projection.name(), e.getMessage());
    }
  }

  private synchronized void restart(Map<String, UUID> current) {
    if (watch == null) {
      return;
    }
    if (!topicIds.isEmpty()) {
      LOG.warn("Topics of {} were created anew; reading them from the start", projection.name());
    }
    stopContainer();
    topicIds = Map.copyOf(current);
    container = newContainer();
    container.start();
  }

  private synchronized void stopContainer() {
    if (container != null) {
      container.stop();
      container = null;
    }
  }

  private ConcurrentMessageListenerContainer<String, byte[]> newContainer() {
    var fence = new PositionFence(positions, topicIds);
    var properties = new ContainerProperties(topicIds.keySet().toArray(String[]::new));
    properties.setGroupId(projection.name());
    // The positions are ours: Kafka is never told any.
    properties.setAckMode(ContainerProperties.AckMode.MANUAL);
    properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
    properties.setConsumerRebalanceListener(fence);
    properties.setMissingTopicsFatal(false);
    properties.setShutdownTimeout(STOP_TIMEOUT.toMillis());
    properties.setMessageListener(
        new ProjectionListener(projection, fence, transaction, converter));
    var listenerContainer = new ConcurrentMessageListenerContainer<>(consumers, properties);
    listenerContainer.setBeanName(projection.name());
    var backOff = new ExponentialBackOff(FIRST_RETRY.toMillis(), 2);
    backOff.setMaxInterval(LONGEST_RETRY.toMillis());
    var errorHandler = new DefaultErrorHandler(backOff);
    // By default some exceptions count as hopeless and their records are skipped; here none is.
    errorHandler.setClassifications(Map.of(), true);
    listenerContainer.setCommonErrorHandler(errorHandler);
    return listenerContainer;
  }
}
