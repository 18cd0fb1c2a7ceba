package dev.orderflow.commandside.eventstore;

import static java.util.stream.Collectors.toMap;

import dev.orderflow.api.DomainEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a stream event by event, and replays it to tell what each event has changed. */
@Component
public final class StreamHistory {
  private static final int MOST_REPLAYED = 10_000;

  private final EventStorage storage;
  private final Aggregates aggregates;
  private final Map<String, AggregateType<?, ?>> types;

  StreamHistory(
      EventStorage storage, Aggregates aggregates, Collection<AggregateType<?, ?>> types) {
    this.storage = storage;
    this.aggregates = aggregates;
    this.types = types.stream().collect(toMap(AggregateType::name, Function.identity()));
  }

  /**
   * An event, and how its aggregate stands after it.
   *
   * @param state null where more than {@value #MOST_REPLAYED} events would be read to tell it, and
   *     from the first event on that only a later release can read
   */
  public record Step(DomainEventMessage<?> event, @Nullable Object state) {}

  /**
   * Some events of a stream, in their order; none when there is no such stream.
   *
   * @param first the sequence of the first of them
   * @param most how many
   */
  public List<Step> read(String streamId, long first, int most) {
    if (first + most > MOST_REPLAYED) {
      return withoutStates(storage.read(streamId, first, most));
    }
    var events = storage.read(streamId, 0, (int) first + most);
    if (events.isEmpty()) {
      return List.of();
    }
    var type = types.get(events.getFirst().getType());
    var steps = type == null ? withoutStates(events) : replay(type.stream(streamId), events);
    return steps.stream().filter(step -> step.event().getSequenceNumber() >= first).toList();
  }

  private static List<Step> withoutStates(List<? extends DomainEventMessage<?>> events) {
    return events.stream().map(event -> new Step(event, null)).toList();
  }

  private <T> List<Step> replay(StreamId<T> stream, List<? extends DomainEventMessage<?>> events) {
    var steps = new ArrayList<Step>();
    var aggregate = aggregates.toRead(stream);
    var readable = true;
    for (var event : events) {
      readable &= event.getPayload() instanceof DomainEvent;
      if (readable) {
        aggregate.catchUp(List.of(event));
      }
      steps.add(new Step(event, readable ? aggregate.invoke(stream.type().state()) : null));
    }
    return steps;
  }
}
