package dev.orderflow.platform.consumption;

import dev.orderflow.api.Alphabet;
import dev.orderflow.api.topic.EventTopic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a consumer reads.
 *
 * @param group the group in which it does
 * @param topicIds of the topics: one that was created anew has another
 */
public record Subscription(String group, Map<EventTopic, UUID> topicIds) {
  private static final int LONGEST_KEY = 128;

  /** Copies the ids. */
  public Subscription {
    topicIds = Map.copyOf(topicIds);
  }

  /**
   * The ids of the topics are part of the group's name: with a new topic comes a new group, which
   * has no offsets and reads from the first record. All instances come to the same name, and a
   * restarted one comes to it again.
   *
   * @param name of the reader
   * @param sources what it reads; their order belongs to the group's name
   * @param topicIds at least those of the sources
   */
  public static Subscription of(
      String name, List<EventTopic> sources, Map<EventTopic, UUID> topicIds) {
    var identity =
        sources.stream()
            .map(topic -> topic.topicName() + "=" + topicIds.get(topic))
            .collect(Collectors.joining(","));
    return new Subscription(
        name + "-" + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)),
        sources.stream()
            .collect(
                Collectors.toMap(
                    topic -> topic, topic -> Objects.requireNonNull(topicIds.get(topic)))));
  }

  /** The queue of a record of one of the topics. */
  public RecordQueue queue(ConsumerRecord<String, byte[]> record) {
    var key = record.key();
    return new RecordQueue(
        Objects.requireNonNull(topicIds.get(new EventTopic(record.topic())), record.topic()),
        record.partition(),
        key != null && isPlausible(key) ? key : "");
  }

  private static boolean isPlausible(String key) {
    return key.length() <= LONGEST_KEY && Alphabet.VISIBLE.spells(key, 0, key.length());
  }
}
