package dev.orderflow.saga.simulation;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.topic.EventTopic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Topics as Kafka keeps them: in order within a partition, and read by groups from where they have
 * committed.
 */
public final class SimulatedTopics {
  /** Orders share them. */
  public static final int PARTITIONS = 2;

  private static final int LARGEST_BATCH = 3;

  private final Map<EventTopic, List<List<DomainEvent>>> topics = new HashMap<>();
  private final Chance chance;

  /** Empty. */
  public SimulatedTopics(Chance chance) {
    this.chance = chance;
    for (var topic : EventTopic.ALL) {
      topics.put(
          topic,
          IntStream.range(0, PARTITIONS)
              .<List<DomainEvent>>mapToObj(_ -> new ArrayList<>())
              .toList());
    }
  }

  /** Publishes an event. */
  public void append(DomainEvent event) {
    partition(EventTopic.of(event), Math.floorMod(EventTopic.keyOf(event).hashCode(), PARTITIONS))
        .add(event);
  }

  private List<DomainEvent> partition(EventTopic topic, int number) {
    return topics.get(topic).get(number);
  }

  private record Place(EventTopic topic, int partition) {}

  /** A consumer group. */
  public final class Group {
    private final List<EventTopic> sources;
    private final Map<Place, Integer> committed = new HashMap<>();

    /** That has read nothing yet. */
    public Group(List<EventTopic> sources) {
      this.sources = sources;
    }

    /** The next records of partitions of one number, in which the topics come in any order. */
    public Batch next(int partition) {
      return batch(partition, false);
    }

    /** Records that were read before, as after a change of members. */
    public Batch again(int partition) {
      return batch(partition, true);
    }

    private Batch batch(int partition, boolean again) {
      var order = new ArrayList<>(sources);
      Collections.rotate(order, chance.below(order.size()));
      var events = new ArrayList<DomainEvent>();
      var ends = new HashMap<Place, Integer>();
      for (var topic : order) {
        var place = new Place(topic, partition);
        var records = partition(topic, partition);
        var from = again ? chance.below(read(place) + 1) : read(place);
        var to = Math.min(records.size(), from + LARGEST_BATCH - chance.below(LARGEST_BATCH + 1));
        events.addAll(records.subList(from, to));
        ends.put(place, to);
      }
      return new Batch(events, () -> committed.putAll(ends));
    }

    private int read(Place place) {
      return committed.getOrDefault(place, 0);
    }

    /** Whether everything was read. */
    public boolean isAtEnd() {
      return sources.stream()
          .allMatch(topic ->
              IntStream.range(0, PARTITIONS)
                  .allMatch(partition ->
                      read(new Place(topic, partition)) == partition(topic, partition).size()));
    }

    /** Begins with the first record again. */
    public void rewind() {
      committed.clear();
    }
  }

  /**
   * What a consumer gets at once.
   *
   * @param commit of the position behind it; going back when the records came again
   */
  public record Batch(List<DomainEvent> events, Runnable commit) {}
}
