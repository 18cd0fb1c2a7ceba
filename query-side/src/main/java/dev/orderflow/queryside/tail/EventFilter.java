package dev.orderflow.queryside.tail;

import dev.orderflow.api.MeaningOf;
import dev.orderflow.platform.kafka.EventHeaders;
import io.swagger.v3.oas.annotations.media.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which records are told; what is null is not asked for.
 *
 * @param topic its name
 * @param key of the records: the id of an order or of a product
 * @param eventType the kind of event, with or without what is in front of its last dot
 */
@Schema(name = "EventFilter")
@MeaningOf(EventRecordJson.class)
record EventFilter(@Nullable String topic, @Nullable String key, @Nullable String eventType) {
  /** Whether the record is told. */
  boolean matches(ConsumerRecord<String, byte[]> record) {
    return (topic == null || topic.equals(record.topic()))
        && (key == null || key.equals(record.key()))
        && (eventType == null || isOfType(EventHeaders.of(record).type()));
  }

  private boolean isOfType(@Nullable String found) {
    return found != null && (found.equals(eventType) || found.endsWith("." + eventType));
  }
}
