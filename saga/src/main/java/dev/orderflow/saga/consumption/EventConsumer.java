package dev.orderflow.saga.consumption;

import static java.util.stream.Collectors.joining;

import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Runs a listener container, from when Kafka answers, without keeping the service waiting.
 *
 * <p>A topic that was deleted and created anew keeps its name but not its id, and offsets of the
 * old one would skip records of the new one. So the ids are part of the group's name: with a new
 * topic comes a new group, which has no offsets and reads from the first record. All instances come
 * to the same name, and a restarted one comes to it again.
 */
public final class EventConsumer implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

  private final String name;
  private final List<EventTopic> sources;
  private final Topics topics;
  private final Duration topicCheckInterval;
  private final Function<String, ConcurrentMessageListenerContainer<String, byte[]>> containers;

  private @Nullable ScheduledExecutorService watch;
  private @Nullable ConcurrentMessageListenerContainer<String, byte[]> container;

  /**
   * @param topicCheckInterval how often the ids of the topics are looked at
   * @param containers makes a container that reads as the group of this name
   */
  EventConsumer(
      String name,
      List<EventTopic> sources,
      Topics topics,
      Duration topicCheckInterval,
      Function<String, ConcurrentMessageListenerContainer<String, byte[]>> containers) {
    this.name = name;
    this.sources = sources;
    this.topics = topics;
    this.topicCheckInterval = topicCheckInterval;
    this.containers = containers;
  }

  @Override
  public synchronized void start() {
    if (watch == null) {
      watch =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofVirtual().name("topic-watch-" + name).factory());
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
      if (ids.keySet().containsAll(sources)) {
        readAs(group(ids));
      }
    } catch (RuntimeException e) {
      LOG.warn("{} cannot look at its topics: {}", name, e.getMessage());
    }
  }

  private String group(Map<EventTopic, UUID> ids) {
    var identity =
        sources.stream()
            .map(topic -> topic.topicName() + "=" + ids.get(topic))
            .collect(joining(","));
    return name + "-" + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void readAs(String group) {
    if (watch == null || (container != null && group.equals(container.getGroupId()))) {
      return;
    }
    if (container != null) {
      LOG.warn("Topics of {} were created anew; reading them from the start", name);
    }
    stopContainer();
    container = containers.apply(group);
    container.start();
  }

  private synchronized void stopContainer() {
    if (container != null) {
      container.stop();
      container = null;
    }
  }
}
