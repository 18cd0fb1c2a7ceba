package dev.orderflow.platform.consumption;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.liveness.OngoingWork;
import dev.orderflow.platform.overview.Holder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Runs a listener container from when Kafka answers, without keeping the service waiting, and
 * another one in its place when a topic was created anew: such a topic keeps its name but not its
 * id, and what is known of the old one does not hold for it.
 */
public final class TopicFollower implements SmartLifecycle, OngoingWork, Holder {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

  private final String name;
  private final Set<EventTopic> sources;
  private final Topics topics;
  private final Duration checkInterval;
  private final Function<Map<EventTopic, UUID>, ConcurrentMessageListenerContainer<String, byte[]>>
      containers;

  private @Nullable ScheduledExecutorService watch;
  private volatile @Nullable ConcurrentMessageListenerContainer<String, byte[]> container;
  private Map<EventTopic, UUID> followed = Map.of();

  /**
   * @param name of the reader, for the logs
   * @param checkInterval how often the ids of the topics are looked at
   * @param containers makes a container, not started, that reads the sources with these ids
   */
  TopicFollower(
      String name,
      Set<EventTopic> sources,
      Topics topics,
      Duration checkInterval,
      Function<Map<EventTopic, UUID>, ConcurrentMessageListenerContainer<String, byte[]>>
          containers) {
    this.name = name;
    this.sources = Set.copyOf(sources);
    this.topics = topics;
    this.checkInterval = checkInterval;
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
              this::look, 0, checkInterval.toMillis(), TimeUnit.MILLISECONDS);
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

  @Override
  public String workName() {
    return name;
  }

  @Override
  public Duration sinceLastStep() {
    var running = container;
    return running == null ? Duration.ZERO : LastPoll.of(running);
  }

  /** The partitions that this instance reads, with the name of the reader. */
  @Override
  public List<String> holds() {
    var running = container;
    return running == null
        ? List.of()
        : running.getAssignedPartitions().stream()
            .map(partition -> name + " " + partition)
            .sorted()
            .toList();
  }

  private void look() {
    try {
      var current = new HashMap<>(topics.ensure());
      current.keySet().retainAll(sources);
      if (current.size() == sources.size()) {
        follow(current);
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "{} cannot look at its topics; the next look is in {}: {}",
          name,
          checkInterval,
          e.getMessage());
    }
  }

  private synchronized void follow(Map<EventTopic, UUID> current) {
    if (watch == null || (container != null && current.equals(followed))) {
      return;
    }
    if (container != null) {
      LOG.warn("Topics of {} were created anew; it reads them from the first record", name);
    }
    stopContainer();
    var next = containers.apply(current);
    next.start();
    container = next;
    followed = current;
  }

  private synchronized void stopContainer() {
    var running = container;
    if (running != null) {
      container = null;
      running.stop();
    }
  }
}
