package dev.orderflow.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Nothing is lost on the way to Kafka, nothing is made up, and nothing is out of order. */
final class PublicationRules {
  private record Fact(String id, JsonNode event) {}

  private PublicationRules() {}

  static void check(List<EventRecord> records, List<EventStoreReader.Stored> stored) {
    assertThat(published(records)).as("events on Kafka, by place").isEqualTo(committed(stored));
    assertInOrder(records);
  }

  private static Map<EventStoreReader.Position, Fact> committed(
      List<EventStoreReader.Stored> stored) {
    var facts = new HashMap<EventStoreReader.Position, Fact>();
    stored.forEach(one -> facts.put(one.position(), new Fact(one.id(), one.event())));
    return facts;
  }

  private static Map<EventStoreReader.Position, Fact> published(List<EventRecord> records) {
    var facts = new HashMap<EventStoreReader.Position, Fact>();
    for (var record : records) {
      var fact = new Fact(record.ce("id"), record.event());
      var earlier = facts.putIfAbsent(record.position(), fact);
      if (earlier != null) {
        assertThat(fact).as("a repetition of %s", record.position()).isEqualTo(earlier);
      }
    }
    return facts;
  }

  /**
   * Repetitions aside, an aggregate's events come in their order, all in one partition. What is
   * published to a topic that was lost, before that is noticed, comes too early, and again in its
   * place.
   */
  private static void assertInOrder(List<EventRecord> records) {
    record Lane(String topic, String stream) {}

    var partitions = new HashMap<Lane, Integer>();
    var newest = new HashMap<Lane, Long>();
    var early = new HashMap<Lane, Long>();
    for (var record : records) {
      var lane = new Lane(record.topic(), record.stream());
      assertThat(record.partition())
          .as("partition of %s", lane)
          .isEqualTo(partitions.computeIfAbsent(lane, _ -> record.partition()));
      var before = newest.getOrDefault(lane, -1L);
      // Payments have two topics, so that each of them shows gaps.
      if (record.sequence() > before + 1 && !record.stream().startsWith("payment-")) {
        early.merge(lane, record.sequence(), Math::max);
      } else {
        newest.put(lane, Math.max(before, record.sequence()));
      }
    }
    early.forEach((lane, sequence) ->
        assertThat(newest.getOrDefault(lane, -1L))
            .as("last in its place of %s", lane)
            .isGreaterThanOrEqualTo(sequence));
  }
}
