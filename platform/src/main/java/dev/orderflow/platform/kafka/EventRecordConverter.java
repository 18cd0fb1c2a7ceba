package dev.orderflow.platform.kafka;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.platform.serialization.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * An event as a record: the value is its plain JSON, as it is stored; the headers make it a
 * CloudEvent in binary mode (CloudEvents 1.0, Kafka protocol binding, with the extensions {@code
 * sequence} and {@code dataversion}). Records of earlier releases have them, too, among others.
 */
public final class EventRecordConverter implements KafkaMessageConverter<String, byte[]> {
  private static final String API_PACKAGE = "dev.orderflow.api.";
  private static final String TYPE_PREFIX = "dev.orderflow.";
  private static final String SOURCE_PREFIX = "/orderflow/";
  private static final byte[] NO_METADATA = "{}".getBytes(StandardCharsets.UTF_8);

  private final Serializer serializer;
  private final EventUpcaster upcasters = EventJson.upcasters();

  /**
   * With the serializer of the event store. Records of earlier revisions are read as the present.
   */
  public EventRecordConverter(Serializer serializer) {
    this.serializer = serializer;
  }

  @Override
  public ProducerRecord<String, byte[]> createKafkaMessage(EventMessage<?> message, String topic) {
    var event = (DomainEventMessage<?>) message;
    var payload = event.serializePayload(serializer, byte[].class);
    return record(
        topic,
        EventTopic.keyOf((DomainEvent) event.getPayload()),
        new GenericDomainEventEntry<>(
            event.getType(),
            event.getAggregateIdentifier(),
            event.getSequenceNumber(),
            event.getIdentifier(),
            event.getTimestamp(),
            payload.getType().getName(),
            payload.getType().getRevision(),
            payload.getData(),
            NO_METADATA));
  }

  /**
   * The record of a stored event.
   *
   * @param event of a stream whose name ends, after a hyphen, with the aggregate's id
   */
  public static ProducerRecord<String, byte[]> record(
      String topic, String key, DomainEventData<byte[]> event) {
    var payload = event.getPayload();
    var type = payload.getType().getName();
    var name = type.lastIndexOf('.');
    var context = type.substring(type.lastIndexOf('.', name - 1) + 1, name);
    var streamId = event.getAggregateIdentifier();
    var record = new ProducerRecord<>(topic, key, payload.getData());
    var headers = record.headers();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", event.getEventIdentifier());
    add(headers, "ce_type", TYPE_PREFIX + context + type.substring(name));
    add(headers, "ce_source", SOURCE_PREFIX + context);
    add(headers, "ce_subject", streamId.substring(streamId.indexOf('-') + 1));
    add(headers, "ce_time", DateTimeFormatter.ISO_INSTANT.format(event.getTimestamp()));
    add(headers, "ce_sequence", Long.toString(event.getSequenceNumber()));
    var revision = payload.getType().getRevision();
    if (revision != null) {
      add(headers, "ce_dataversion", revision);
    }
    add(headers, "content-type", "application/json");
    return record;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Empty when it is no event of ours. */
  @Override
  public Optional<EventMessage<?>> readKafkaMessage(ConsumerRecord<String, byte[]> record) {
    var type = header(record, "ce_type");
    var subject = header(record, "ce_subject");
    var sequence = header(record, "ce_sequence");
    var id = header(record, "ce_id");
    var time = header(record, "ce_time");
    if (type == null
        || !type.startsWith(TYPE_PREFIX)
        || subject == null
        || sequence == null
        || id == null
        || time == null
        || record.value() == null) {
      return Optional.empty();
    }
    var name = type.substring(TYPE_PREFIX.length());
    var context = name.substring(0, Math.max(0, name.indexOf('.')));
    var entry =
        new GenericDomainEventEntry<>(
            context,
            context + "-" + subject,
            Long.parseLong(sequence),
            id,
            time,
            API_PACKAGE + name,
            header(record, "ce_dataversion"),
            record.value(),
            NO_METADATA);
    return EventStreamUtils.asStream(
            EventStreamUtils.upcastAndDeserializeDomainEvents(
                Stream.of(entry), serializer, upcasters))
        .<EventMessage<?>>map(event -> event)
        .findFirst();
  }

  private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
