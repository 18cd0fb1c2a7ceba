package dev.orderflow.commandside.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Meaning;
import dev.orderflow.commandside.eventstore.StreamHistory.Step;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.serialization.ShownJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some events of a stream as JSON.
 *
 * @param nextPageToken null on the last page
 */
@Schema(name = "StreamPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
record StreamPageJson(
    @Meaning("Names the stream of events of one aggregate.") String streamId,
    @Meaning("The kind of aggregate that the stream is of.") String aggregateType,
    @Meaning("The events of this page.") List<StreamEventJson> events,
    @Nullable String nextPageToken) {
  /** The page has an event. */
  static StreamPageJson of(String streamId, Page<Step> page) {
    return new StreamPageJson(
        streamId,
        page.items().getFirst().event().getType(),
        page.items().stream().map(StreamEventJson::of).toList(),
        page.nextToken());
  }

  /**
   * An event as JSON.
   *
   * @param payload in its present form
   */
  @Schema(name = "StreamEvent")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StreamEventJson(
      @Meaning("The place in the stream.") long sequence,
      @Meaning("Names the event, on Kafka too.") String eventId,
      @Meaning("The kind of event, as on Kafka.") String eventType,
      @Meaning("When it was stored, or Kafka took it.") Instant recordedAt,
      @Meaning("The event; missing when only a later release can read it.")
          @Nullable Object payload,
      @Meaning("How the aggregate stands after it; missing where it is not replayed.")
          @Nullable Object state) {
    static StreamEventJson of(Step step) {
      var event = step.event();
      return new StreamEventJson(
          event.getSequenceNumber(),
          event.getIdentifier(),
          EventRecordConverter.type(event.getPayloadType().getName()),
          event.getTimestamp(),
          event.getPayload() instanceof DomainEvent payload ? ShownJson.of(payload) : null,
          step.state() == null ? null : ShownJson.of(step.state()));
    }
  }
}
