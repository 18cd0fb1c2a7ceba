package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.queryside.rebuild.ProjectionsJson.ProjectionJson;
import dev.orderflow.queryside.rebuild.ProjectionsJson.RebuildJson;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Service;

/** What operators see and want of rebuilds. */
@Service
class Rebuilds {
  private final List<RebuildableProjection> projections;
  private final Generations generations;
  private final JdbcClient jdbc;
  private final ConsumerFactory<String, byte[]> consumers;
  private final Topics topics;
  private final Clock clock;

  Rebuilds(
      List<RebuildableProjection> projections,
      Generations generations,
      JdbcClient jdbc,
      ConsumerFactory<String, byte[]> consumers,
      Topics topics,
      Clock clock) {
    this.projections =
        projections.stream().sorted(Comparator.comparing(RebuildableProjection::name)).toList();
    this.generations = generations;
    this.jdbc = jdbc;
    this.consumers = consumers;
    this.topics = topics;
    this.clock = clock;
  }

  void start(String name) {
    generations.start(named(name));
  }

  void cancel(String name) {
    generations.cancel(named(name));
  }

  ProjectionsJson all() {
    var ids = topics.ensure();
    var ends = ends();
    return new ProjectionsJson(
        projections.stream().map(projection -> describe(projection, ids, ends)).toList());
  }

  private ProjectionJson describe(
      RebuildableProjection projection, Map<EventTopic, UUID> ids, Map<EventTopic, Long> ends) {
    var roles = generations.roles(projection.name());
    var end = projection.topics().stream().mapToLong(topic -> ends.getOrDefault(topic, 0L)).sum();
    var lag = Math.max(0, end - position(projection, roles.serving(), ids));
    return new ProjectionJson(
        projection.name(),
        roles.serving(),
        roles.building() == null ? "LIVE" : "REBUILDING",
        lag,
        rebuild(projection, roles, ids, end));
  }

  private @Nullable RebuildJson rebuild(
      RebuildableProjection projection, Roles roles, Map<EventTopic, UUID> ids, long end) {
    if (roles.building() == null || roles.buildingSince() == null) {
      return null;
    }
    var position = position(projection, roles.building(), ids);
    var elapsed = Duration.between(roles.buildingSince(), clock.instant());
    return RebuildJson.of(roles.building(), position, end, elapsed);
  }

  private long position(
      RebuildableProjection projection, int generation, Map<EventTopic, UUID> ids) {
    var current = new HashMap<>(ids);
    current.keySet().retainAll(projection.topics());
    return jdbc.sql(
            """
            SELECT coalesce(sum(next_offset), 0)::bigint FROM projection_position
            WHERE projection = ? AND generation = ? AND topic_id = ANY (?)\
            """)
        .params(
            projection.name(), generation, new SqlArrayValue("uuid", current.values().toArray()))
        .query(Long.class)
        .single();
  }

  private Map<EventTopic, Long> ends() {
    var ends = new HashMap<EventTopic, Long>();
    try (var consumer = consumers.createConsumer()) {
      for (var topic : EventTopic.values()) {
        var partitions =
            consumer.partitionsFor(topic.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        ends.put(
            topic,
            consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum());
      }
    }
    return ends;
  }

  private RebuildableProjection named(String name) {
    return projections.stream()
        .filter(projection -> projection.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new NotFoundException(
                ErrorCode.NOT_FOUND,
                "There is no projection of this name; GET /admin/projections lists them"));
  }
}
