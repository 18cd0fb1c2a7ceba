package dev.orderflow.commandside.publication;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.postgres.TextArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers which topics the events were published to. A topic that was deleted and created anew
 * keeps its name but not its id, and holds nothing of what was published before.
 */
final class PublishedTopics {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedTopics.class);

  private final JdbcClient jdbc;
  private final Topics topics;
  private final Set<EventTopic> published;

  PublishedTopics(JdbcClient jdbc, Topics topics, Set<EventTopic> published) {
    this.jdbc = jdbc;
    this.topics = topics;
    this.published = Set.copyOf(published);
  }

  /** Creates what is missing. The id of each topic as it is now. */
  Map<EventTopic, UUID> ensure() {
    return topics.ensure(published);
  }

  /**
   * Remembers the topics.
   *
   * @return whether one is another than before, so that everything must be published again; call it
   *     in the transaction that begins it
   */
  boolean anyReplaced(Map<EventTopic, UUID> now) {
    var current = List.copyOf(now.entrySet());
    var replaced =
        jdbc.sql(
                """
                WITH now AS (SELECT * FROM unnest(?::text[], ?::uuid[]) AS now (topic, topic_id)),
                  known AS (
                    INSERT INTO published_topic (topic, topic_id)
                    SELECT * FROM now EXCEPT SELECT topic, topic_id FROM published_topic
                    ON CONFLICT (topic) DO UPDATE SET topic_id = excluded.topic_id)
                SELECT topic FROM now JOIN published_topic AS before USING (topic)
                WHERE now.topic_id <> before.topic_id\
                """)
            .param(TextArray.of(current, topic -> topic.getKey().topicName()))
            .param(TextArray.of(current, topic -> topic.getValue().toString()))
            .query(String.class)
            .list();
    replaced.forEach(topic ->
        LOG.warn("Topic {} was deleted and created anew: every event goes to it once more", topic));
    return !replaced.isEmpty();
  }
}
