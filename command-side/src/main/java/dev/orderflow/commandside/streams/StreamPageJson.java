package dev.orderflow.commandside.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.DomainEvent;
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
 * @param aggregateType the kind of aggregate that the stream is of
 * @param nextPageToken null on the last page
 */
@Schema(name = "StreamPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
record StreamPageJson(
    String streamId,
    String aggregateType,
    List<StreamEventJson> events,
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
   * @param eventType as on Kafka
   * @param payload in its present form; null when only a later release can read it
   * @param state of its aggregate after it; null where it is not replayed
   */
  @Schema(name = "StreamEvent")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StreamEventJson(
      long sequence,
      String eventId,
      String eventType,
      Instant recordedAt,
      @Nullable Object payload,
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
