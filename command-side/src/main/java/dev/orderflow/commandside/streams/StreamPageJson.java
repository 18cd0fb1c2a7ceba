package dev.orderflow.commandside.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.commandside.eventstore.StreamHistory.Step;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.serialization.EventJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  /** As events are stored; but how a customer pays is shown to nobody. */
  private static final ObjectMapper JSON =
      EventJson.mapper()
          .registerModule(new SimpleModule().addSerializer(PaymentMethod.class, new Hidden()));

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
   * @param type as on Kafka
   * @param payload in its present form; null when only a later release can read it
   * @param state of its aggregate after it; null where it is not replayed
   */
  @Schema(name = "StreamEvent")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StreamEventJson(
      long sequence,
      String eventId,
      String type,
      Instant recordedAt,
      @Nullable Map<String, Object> payload,
      @Nullable Map<String, Object> state) {
    static StreamEventJson of(Step step) {
      var event = step.event();
      return new StreamEventJson(
          event.getSequenceNumber(),
          event.getIdentifier(),
          EventRecordConverter.type(event.getPayloadType().getName()),
          event.getTimestamp(),
          event.getPayload() instanceof DomainEvent payload ? json(payload) : null,
          step.state() == null ? null : json(step.state()));
    }

    private static Map<String, Object> json(Object value) {
      return JSON.convertValue(value, OBJECT);
    }
  }

  private static final class Hidden extends StdSerializer<PaymentMethod> {
    Hidden() {
      super(PaymentMethod.class);
    }

    @Override
    public void serialize(PaymentMethod value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString("hidden");
    }
  }
}
