package dev.orderflow.platform.kafka;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates our topics as they must be: a fixed partition count, and every event kept. Nobody else
 * creates any.
 */
public final class Topics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final int REQUEST_TIMEOUT_MS = 5_000;
  private static final int CALL_TIMEOUT_MS = 15_000;

  private final Admin admin;
  private final short replicationFactor;

  /**
   * @param bootstrapServers of the Kafka cluster
   * @param replicationFactor of the topics; 1 on a single broker, 3 in production
   */
  public Topics(String bootstrapServers, short replicationFactor) {
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_TIMEOUT_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                CALL_TIMEOUT_MS));
    this.replicationFactor = replicationFactor;
  }

  /**
   * Creates those that are missing; those that exist stay as they are.
   *
   * @throws TopicsUnavailableException when Kafka does not answer
   */
  public void ensure() {
    var settings = new HashMap<String, String>();
    settings.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    settings.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    if (replicationFactor > 2) {
      settings.put(
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(replicationFactor - 1));
    }
    var creations =
        admin.createTopics(
            Arrays.stream(EventTopic.values())
                .map(
                    topic ->
                        new NewTopic(topic.topicName(), EventTopic.PARTITIONS, replicationFactor)
                            .configs(settings))
                .toList());
    creations
        .values()
        .forEach(
            (name, creation) -> {
              try {
                creation.get(CALL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
                LOG.info("Created topic {}", name);
              } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                  throw new TopicsUnavailableException(name, e);
                }
              } catch (TimeoutException e) {
                throw new TopicsUnavailableException(name, e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TopicsUnavailableException(name, e);
              }
            });
  }

  /**
   * The id of a topic: another one when the topic was deleted and created anew. Empty while there
   * is no such topic.
   *
   * @throws TopicsUnavailableException when Kafka does not answer
   */
  public Optional<UUID> idOf(EventTopic topic) {
    try {
      var id =
          admin
              .describeTopics(List.of(topic.topicName()))
              .allTopicNames()
              .get(CALL_TIMEOUT_MS, TimeUnit.MILLISECONDS)
              .values()
              .iterator()
              .next()
              .topicId();
      return Optional.of(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new TopicsUnavailableException(topic.topicName(), e);
    } catch (TimeoutException e) {
      throw new TopicsUnavailableException(topic.topicName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicsUnavailableException(topic.topicName(), e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }

  /** Kafka did not answer. */
  public static final class TopicsUnavailableException extends RuntimeException {
    private TopicsUnavailableException(String topic, Exception cause) {
      super("Kafka did not answer for topic " + topic, cause);
    }
  }
}
