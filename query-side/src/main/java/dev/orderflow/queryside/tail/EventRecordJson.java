package dev.orderflow.queryside.tail;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.platform.consumption.RecordPlace;
import dev.orderflow.platform.kafka.EventHeaders;
import dev.orderflow.platform.serialization.ShownJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as JSON. Any producer may have written it, so all but its place may be missing.
 *
 * @param sequence of the event in its stream; null when it is no event of ours
 * @param recordedAt when Kafka took it
 * @param payload its value, when that is JSON; how a customer pays is hidden
 */
@Schema(name = "EventRecord")
@MeaningOf(RecordPlace.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventRecordJson(
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    @Meaning("The kind of event, as on Kafka.") @Nullable String eventType,
    @Meaning("Names the event, on Kafka too.") @Nullable String eventId,
    @Meaning("The place in the stream.") @Nullable Long sequence,
    @Meaning("When it was stored, or Kafka took it.") Instant recordedAt,
    @Meaning("The record's value; missing when it is no JSON.") @Nullable Object payload) {
  static EventRecordJson of(ConsumerRecord<String, byte[]> record) {
    var headers = EventHeaders.of(record);
    return new EventRecordJson(
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        headers.type(),
        headers.id(),
        headers.flaw().isEmpty() ? Long.valueOf(headers.sequence()) : null,
        Instant.ofEpochMilli(record.timestamp()),
        record.value() == null ? null : ShownJson.parsed(record.value()).orElse(null));
  }
}
