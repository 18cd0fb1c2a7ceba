package dev.orderflow.platform.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.tracing.Traces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
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
  private static final byte[] NO_METADATA = "{}".getBytes(StandardCharsets.UTF_8);
  private static final ObjectMapper JSON = EventJson.mapper();

  private final Serializer serializer;
  private final EventUpcaster upcaster = EventJson.upcaster();

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
   * The type of an event as others know it.
   *
   * @param className of the event; its package is named after its context
   */
  public static String type(String className) {
    var name = className.lastIndexOf('.');
    var context = className.lastIndexOf('.', name - 1);
    return EventHeaders.TYPE_PREFIX + className.substring(context + 1);
  }

  /**
   * The record of a stored event.
   *
   * @param event of a stream whose name ends, after a hyphen, with the aggregate's id
   */
  public static ProducerRecord<String, byte[]> record(
      String topic, String key, DomainEventData<byte[]> event) {
    var payload = event.getPayload();
    var type = type(payload.getType().getName());
    var context = type.substring(EventHeaders.TYPE_PREFIX.length(), type.lastIndexOf('.'));
    var streamId = event.getAggregateIdentifier();
    var record = new ProducerRecord<>(topic, key, payload.getData());
    var headers = record.headers();
    add(headers, "ce_specversion", EventHeaders.SPEC_VERSION);
    add(headers, "ce_id", event.getEventIdentifier());
    add(headers, "ce_type", type);
    add(headers, "ce_source", EventHeaders.SOURCE_PREFIX + context);
    add(headers, "ce_subject", streamId.substring(streamId.indexOf('-') + 1));
    add(headers, "ce_time", DateTimeFormatter.ISO_INSTANT.format(event.getTimestamp()));
    add(headers, "ce_sequence", EventHeaders.SEQUENCE_FORMAT.formatted(event.getSequenceNumber()));
    var revision = payload.getType().getRevision();
    if (revision != null) {
      add(headers, "ce_dataversion", revision);
    }
    add(headers, "content-type", EventHeaders.JSON);
    return record;
  }

  /**
   * The trace to which a stored event belongs, as {@code traceparent}; null when it has none. Most
   * have none, and are not parsed.
   */
  public static @Nullable String traceOf(DomainEventData<byte[]> event) {
    var metadata = event.getMetaData().getData();
    if (metadata.length <= NO_METADATA.length) {
      return null;
    }
    try {
      return JSON.readTree(metadata).path(Traces.TRACEPARENT).textValue();
    } catch (IOException _) {
      // No trace is worth an event that is not published.
      return null;
    }
  }

  /** Adds the trace to which a record belongs; null adds none. */
  public static void addTrace(ProducerRecord<?, ?> record, @Nullable String traceparent) {
    if (traceparent != null) {
      add(record.headers(), Traces.TRACEPARENT, traceparent);
    }
  }

  /** To which trace a record says that it belongs; null when to none. */
  public static @Nullable String traceOf(ConsumerRecord<?, ?> record) {
    return EventHeaders.text(record.headers().lastHeader(Traces.TRACEPARENT));
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Empty when the headers are not those of an event of ours, or there is no value. A type that
   * this release does not know has a payload that is no event.
   *
   * @throws org.axonframework.serialization.SerializationException when the payload is asked for
   *     and the value does not become one
   */
  @Override
  public Optional<EventMessage<?>> readKafkaMessage(ConsumerRecord<String, byte[]> record) {
    var headers = EventHeaders.of(record);
    if (record.value() == null || headers.flaw().isPresent()) {
      return Optional.empty();
    }
    var entry =
        new GenericDomainEventEntry<>(
            headers.context(),
            headers.aggregateId(),
            headers.place(),
            Objects.requireNonNull(headers.id()),
            Objects.requireNonNull(headers.time()),
            headers.className(),
            headers.dataVersion(),
            record.value(),
            NO_METADATA);
    return EventStreamUtils.asStream(
            EventStreamUtils.upcastAndDeserializeDomainEvents(
                Stream.of(entry), serializer, upcaster))
        .<EventMessage<?>>map(event -> event)
        .findFirst();
  }
}
