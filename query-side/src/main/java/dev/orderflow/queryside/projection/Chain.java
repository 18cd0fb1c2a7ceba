package dev.orderflow.queryside.projection;

import com.google.common.collect.Lists;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Events of one aggregate that follow each other without a gap. A row that knows the event before
 * them, or some of them, knows all of them afterwards; to every other row they mean nothing.
 */
public final class Chain {
  /** The last sequence before an aggregate's first event. */
  public static final long NOTHING = -1;

  private final Aggregate aggregate;
  private final long first;
  private final List<DomainEvent> events = new ArrayList<>();

  private Chain(Aggregate aggregate, long first) {
    this.aggregate = aggregate;
    this.first = first;
  }

  /**
   * Parts a batch into chains. Those of one run are of different aggregates, and can be taken in at
   * once; the runs go one after the other. There is one unless events are missing or come anew.
   */
  public static List<List<Chain>> runs(List<SequencedEvent> batch) {
    var runs = new ArrayList<List<Chain>>();
    var run = new LinkedHashMap<Aggregate, Chain>();
    for (var event : batch) {
      var aggregate = Aggregate.of(event);
      var chain = run.get(aggregate);
      if (chain != null && !chain.precedes(event) && !chain.includes(event)) {
        runs.add(List.copyOf(run.values()));
        run.clear();
        chain = null;
      }
      if (chain == null) {
        chain = new Chain(aggregate, event.sequence());
        run.put(aggregate, chain);
      }
      if (chain.precedes(event)) {
        chain.events.add(event.event());
      }
    }
    runs.add(List.copyOf(run.values()));
    return runs;
  }

  private boolean precedes(SequencedEvent event) {
    return event.sequence() == last() + 1;
  }

  private boolean includes(SequencedEvent event) {
    return event.sequence() >= first && event.sequence() <= last();
  }

  /** Where the events are from. */
  public EventTopic topic() {
    return aggregate.topic();
  }

  /** That of the events on Kafka. */
  public String key() {
    return aggregate.key();
  }

  /** The sequence of the first event. */
  public long first() {
    return first;
  }

  /** The sequence of the last event. */
  public long last() {
    return first + events.size() - 1;
  }

  /** All, in their order; there is at least one. */
  public <E extends DomainEvent> List<E> events(Class<E> type) {
    return Lists.transform(events, type::cast);
  }

  /** Whether they begin with the aggregate's first event. */
  public boolean isWhole() {
    return first == NOTHING + 1;
  }

  private record Aggregate(EventTopic topic, String key) {
    static Aggregate of(SequencedEvent event) {
      return new Aggregate(EventTopic.of(event.event()), EventTopic.keyOf(event.event()));
    }
  }
}
