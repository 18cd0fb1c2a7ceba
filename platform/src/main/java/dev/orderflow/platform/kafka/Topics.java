package dev.orderflow.platform.kafka;

import dev.orderflow.api.topic.EventTopic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates our topics as they must be: a fixed partition count, and every event kept. Brokers and
 * clients create none by themselves.
 */
public final class Topics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final int REQUEST_TIMEOUT_MS = 5_000;
  private static final int CALL_TIMEOUT_MS = 15_000;

  private static final Map<String, String> KEEP_EVERYTHING =
      Map.of(
          TopicConfig.RETENTION_MS_CONFIG, "-1",
          TopicConfig.RETENTION_BYTES_CONFIG, "-1",
          TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);

  private final Admin admin;
  private final Set<UUID> checked = ConcurrentHashMap.newKeySet();
  private final short replicationFactor;

  /**
   * @param connection how the Kafka cluster is reached: settings of Kafka's admin client
   * @param replicationFactor of the topics; 1 on a single broker, 3 in production
   */
  public Topics(Map<String, Object> connection, short replicationFactor) {
    var settings = new HashMap<>(connection);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS);
    this.admin = Admin.create(settings);
    this.replicationFactor = replicationFactor;
  }

  /**
   * Asks Kafka anything, also when nothing is to be asked.
   *
   * @throws TopicsUnavailableException when Kafka does not answer
   */
  public void requireAnswer() {
    answer("(none)", admin.describeCluster().clusterId(), UnknownTopicOrPartitionException.class);
  }

  /** The same of all topics that services of ours read. */
  public Map<EventTopic, UUID> ensure() {
    return ensure(EventTopic.ALL);
  }

  /**
   * Creates those that are missing. Those that exist are set to keep every event from now on.
   *
   * @return the id of each: another one than before when the topic was deleted and created anew
   * @throws TopicsUnavailableException when Kafka does not answer
   */
  public Map<EventTopic, UUID> ensure(Collection<EventTopic> wanted) {
    var ids = existing(wanted);
    if (ids.size() < wanted.size()) {
      var found = ids;
      create(wanted.stream().filter(topic -> !found.containsKey(topic)).toList());
      ids = existing(wanted);
    }
    ids.forEach((topic, id) -> {
      if (!checked.contains(id)) {
        keepEverything(topic.topicName());
        checked.add(id);
      }
    });
    return ids;
  }

  private void keepEverything(String topic) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var changes =
        answer(
                topic,
                Objects.requireNonNull(
                    admin.describeConfigs(List.of(resource)).values().get(resource)),
                UnknownTopicOrPartitionException.class)
            .map(Topics::changes)
            .orElse(List.of());
    if (!changes.isEmpty()) {
      LOG.warn(
          "Topic {} would have lost events, and is changed to keep them: {}. What is gone already"
              + " comes back with ./orderflow republish, or POST /admin/publication/republish",
          topic,
          changes);
      answer(
          topic,
          admin.incrementalAlterConfigs(Map.of(resource, changes)).all(),
          UnknownTopicOrPartitionException.class);
    }
  }

  private static List<AlterConfigOp> changes(Config settings) {
    return KEEP_EVERYTHING.entrySet().stream()
        .filter(wanted ->
            !wanted
                .getValue()
                .equals(Objects.requireNonNull(settings.get(wanted.getKey())).value()))
        .map(wanted ->
            new AlterConfigOp(
                new ConfigEntry(wanted.getKey(), wanted.getValue()), AlterConfigOp.OpType.SET))
        .toList();
  }

  /**
   * How many records each topic has taken, of all its partitions together; of topics that keep
   * everything, also how many there are. Those that are missing are left out.
   *
   * @throws TopicsUnavailableException when Kafka does not answer
   */
  public Map<EventTopic, Long> ends() {
    var ends = new HashMap<EventTopic, Long>();
    for (var topic : existing(EventTopic.ALL).keySet()) {
      ends.put(topic, end(topic.topicName()));
    }
    return ends;
  }

  private long end(String topic) {
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    for (var partition = 0; partition < EventTopic.PARTITIONS; partition++) {
      latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    return answer(topic, admin.listOffsets(latest).all(), UnknownTopicOrPartitionException.class)
        .map(found -> found.values().stream().mapToLong(ListOffsetsResultInfo::offset).sum())
        .orElse(0L);
  }

  /**
   * How many records a group has read of all its topics together, as it has told Kafka: up to some
   * seconds ago.
   *
   * @throws TopicsUnavailableException when Kafka does not answer
   */
  public long read(String group) {
    return answer(
            group,
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
            GroupIdNotFoundException.class)
        .map(offsets ->
            offsets.values().stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum())
        .orElse(0L);
  }

  private Map<EventTopic, UUID> existing(Collection<EventTopic> wanted) {
    var names = wanted.stream().map(EventTopic::topicName).toList();
    var descriptions = admin.describeTopics(names).topicNameValues();
    var ids = new HashMap<EventTopic, UUID>();
    for (var topic : wanted) {
      var description = Objects.requireNonNull(descriptions.get(topic.topicName()));
      answer(topic.topicName(), description, UnknownTopicOrPartitionException.class)
          .map(TopicDescription::topicId)
          .ifPresent(id ->
              ids.put(topic, new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits())));
    }
    return ids;
  }

  private void create(List<EventTopic> missing) {
    var settings = new HashMap<>(KEEP_EVERYTHING);
    if (replicationFactor > 2) {
      settings.put(
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(replicationFactor - 1));
    }
    admin
        .createTopics(
            missing.stream()
                .map(topic ->
                    new NewTopic(topic.topicName(), EventTopic.PARTITIONS, replicationFactor)
                        .configs(settings))
                .toList())
        .values()
        .forEach((name, creation) -> answer(name, creation, TopicExistsException.class));
    LOG.info("Created the topics {}", missing);
  }

  /** The answer about a topic; empty when it is the error that is none. */
  private static <T> Optional<T> answer(
      String topic, Future<T> future, Class<? extends ApiException> tolerated) {
    try {
      return Optional.ofNullable(future.get(CALL_TIMEOUT_MS, TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      if (tolerated.isInstance(e.getCause())) {
        return Optional.empty();
      }
      throw new TopicsUnavailableException(topic, e);
    } catch (TimeoutException e) {
      throw new TopicsUnavailableException(topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicsUnavailableException(topic, e);
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
