package dev.orderflow.platform.consumption;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** How long ago a consumer has asked for records. It asks again and again, also when none come. */
final class LastPoll {
  private static final String METRIC = "last-poll-seconds-ago";

  private LastPoll() {}

  /**
   * Of the consumer of a container that has been started; very long when it has ended by itself.
   */
  static Duration of(ConcurrentMessageListenerContainer<?, ?> container) {
    if (!container.isInExpectedState()) {
      return Duration.ofDays(1);
    }
    return container.metrics().values().stream()
        .map(Map::entrySet)
        .flatMap(Collection::stream)
        .filter(metric -> isLastPoll(metric.getKey()))
        .map(metric -> seconds(metric.getValue()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static boolean isLastPoll(MetricName name) {
    return name.name().equals(METRIC) && name.group().equals("consumer-metrics");
  }

  /** Before the first poll it is negative. */
  private static Duration seconds(Metric metric) {
    return metric.metricValue() instanceof Number seconds
        ? Duration.ofSeconds(Math.max(0, seconds.longValue()))
        : Duration.ZERO;
  }
}
