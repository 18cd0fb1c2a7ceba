package dev.orderflow.platform.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of an order's way. Holds nothing personal, and nothing of how a customer pays.
 *
 * @param at when it was; of what took its time, when that began
 * @param service who tells of it; null until it is known who was asked
 * @param name what happened, in the words of the code: an event, a command, a stage, a kind of task
 * @param stream of an event
 * @param sequence of an event in its stream
 * @param payload what else is known, as JSON
 * @param event what is known of an event, or of a record's, beside its stream
 * @param step where it is in a trace; null when it was not followed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEntry(
    Instant at,
    @Nullable String service,
    Kind kind,
    String name,
    @Nullable String stream,
    @Nullable Long sequence,
    @Nullable Object payload,
    @Nullable Event event,
    @Nullable Step step) {
  /** What an entry is about. */
  public enum Kind {
    /** A call at the gateway. */
    HTTP,
    /** A command that was decided. */
    COMMAND,
    /** An event in the event store. */
    EVENT,
    /** A record on a topic. */
    RECORD,
    /** The saga of the order has heard something, or stands at a stage. */
    SAGA,
    /** Something that is to be done, or was tried again. */
    TASK,
    /** The payment provider was asked. */
    PROVIDER,
    /** The customer was written to. */
    MAIL,
    /** A row of a view was written. */
    ROW,
    /** The caches were told of a change. */
    ANNOUNCEMENT,
    /** Something that cannot proceed. */
    LETTER
  }

  /**
   * An event.
   *
   * @param id the same in the event store and on its topic
   * @param published whether it is on its topic; null when that is not known
   * @param command of which it has come; null when that is not known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Event(String id, @Nullable Boolean published, @Nullable String command) {
    /** With the command of which it has come. */
    public Event causedBy(@Nullable String cause) {
      return new Event(id, published, cause);
    }
  }

  /**
   * A place in a trace.
   *
   * @param traceId hexadecimal digits
   * @param spanId of an event, the step of the command of which it has come
   * @param durationMicros how long it took; null where that is not known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Step(String traceId, String spanId, @Nullable Long durationMicros) {}

  /** With nothing else known of it. */
  public static TimelineEntry of(Kind kind, String name, Instant at) {
    return new TimelineEntry(at, null, kind, name, null, null, null, null, null);
  }

  /** Told by this service. */
  public TimelineEntry by(String teller) {
    return new TimelineEntry(at, teller, kind, name, stream, sequence, payload, event, step);
  }

  /** Of a stream. */
  public TimelineEntry in(String streamId, long place) {
    return new TimelineEntry(at, service, kind, name, streamId, place, payload, event, step);
  }

  /** Of an event, or of its record. */
  public TimelineEntry of(@Nullable Event known) {
    return new TimelineEntry(at, service, kind, name, stream, sequence, payload, known, step);
  }

  /** To be found in a trace. */
  public TimelineEntry at(@Nullable Step known) {
    return new TimelineEntry(at, service, kind, name, stream, sequence, payload, event, known);
  }

  /** Of which more is known. */
  public TimelineEntry with(@Nullable Object more) {
    return new TimelineEntry(at, service, kind, name, stream, sequence, more, event, step);
  }
}
