package dev.orderflow.saga.consumption;

import dev.orderflow.platform.kafka.Topics;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Starts a listener container as soon as Kafka answers, without keeping the service waiting. */
public final class EventConsumer implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
  private static final Duration START_RETRY = Duration.ofSeconds(1);

  private final ConcurrentMessageListenerContainer<String, byte[]> container;
  private final Topics topics;
  private @Nullable ScheduledExecutorService starter;

  EventConsumer(ConcurrentMessageListenerContainer<String, byte[]> container, Topics topics) {
    this.container = container;
    this.topics = topics;
  }

  @Override
  public synchronized void start() {
    if (starter == null) {
      starter =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofVirtual().name("start-" + container.getGroupId()).factory());
      var _ =
          starter.scheduleWithFixedDelay(
              this::begin, 0, START_RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void stop() {
    synchronized (this) {
      if (starter == null) {
        return;
      }
      starter.shutdownNow();
      starter = null;
    }
    container.stop();
  }

  @Override
  public synchronized boolean isRunning() {
    return starter != null;
  }

  private void begin() {
    try {
      topics.ensure();
    } catch (RuntimeException e) {
      LOG.warn("{} waits for Kafka: {}", container.getGroupId(), e.getMessage());
      return;
    }
    synchronized (this) {
      if (starter != null) {
        starter.shutdown();
        container.start();
      }
    }
  }
}
