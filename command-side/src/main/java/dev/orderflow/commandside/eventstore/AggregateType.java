package dev.orderflow.commandside.eventstore;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.topic.EventTopic;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a context hands in about one of its aggregates, as a bean: all that the technical code knows
 * of it.
 *
 * @param root the annotated class of Axon's modelling
 * @param empty makes one that has no event yet
 * @param commands what can be asked of one aggregate
 * @param streamOf the stream that a command is asked of; its name begins with a prefix of the type
 *     and a hyphen, and ends with the aggregate's id
 * @param unknown the answer to a command that is asked of an aggregate that does not exist, and
 *     that does not create it
 * @param state how one stands, for a person
 * @param snapshots null when its streams stay short
 * @param topics where its events are published
 * @param <T> the root
 * @param <C> the commands
 */
public record AggregateType<T, C>(
    Class<T> root,
    Supplier<T> empty,
    Class<C> commands,
    Function<C, String> streamOf,
    Function<C, Rejection> unknown,
    Function<T, Object> state,
    @Nullable Snapshots<T> snapshots,
    Topics topics) {
  /**
   * How the state of an aggregate is stored, so that it need not be read event by event.
   *
   * @param form of the stored state, with a revision; the aggregate has an event sourcing handler
   *     for it
   * @param state of an aggregate in this form
   */
  public record Snapshots<T>(Class<?> form, Function<T, Object> state) {}

  /**
   * Where events are published.
   *
   * @param all of them
   * @param of the topic of an event by the name of its class
   * @param key the key of an aggregate's records by the aggregate's id
   */
  public record Topics(
      Set<EventTopic> all, Function<String, EventTopic> of, Function<String, String> key) {
    /** One topic for all events, by the aggregate's id. */
    public static Topics one(EventTopic topic) {
      return new Topics(Set.of(topic), _ -> topic, Function.identity());
    }
  }

  /** The name of the type in the event store. */
  public String name() {
    return root.getSimpleName();
  }

  /** A stream of this type. */
  public StreamId<T> stream(String streamId) {
    return new StreamId<>(this, streamId);
  }

  /** The aggregate's id in the name of its stream. */
  public static String idOf(String streamId) {
    return streamId.substring(streamId.indexOf('-') + 1);
  }
}
