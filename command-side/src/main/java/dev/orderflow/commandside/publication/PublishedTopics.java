package dev.orderflow.commandside.publication;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.kafka.Topics;
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
   *     in the transaction that moves the token back
   */
  boolean anyReplaced(Map<EventTopic, UUID> current) {
    var replaced = false;
    for (var topic : current.entrySet()) {
      if (replaces(topic.getKey(), topic.getValue())) {
        LOG.warn(
            "Topic {} was deleted and created anew: every event goes to it once more",
            topic.getKey().topicName());
        replaced = true;
      }
    }
    return replaced;
  }

  private boolean replaces(EventTopic topic, UUID id) {
    var before =
        jdbc.sql("SELECT topic_id FROM published_topic WHERE topic = ?")
            .param(topic.topicName())
            .query(UUID.class)
            .optional();
    if (before.isEmpty() || !before.get().equals(id)) {
      jdbc.sql(
              """
              INSERT INTO published_topic (topic, topic_id) VALUES (?, ?)
              ON CONFLICT (topic) DO UPDATE SET topic_id = excluded.topic_id\
              """)
          .params(topic.topicName(), id)
          .update();
    }
    return before.isPresent() && !before.get().equals(id);
  }
}
