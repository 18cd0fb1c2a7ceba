package dev.orderflow.platform.kafka;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.platform.serialization.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.extensions.kafka.eventhandling.DefaultKafkaMessageConverter;
import org.axonframework.serialization.Serializer;

/**
 * An event as a record: the value is its plain JSON; Axon's headers carry what consumers of ours
 * need, and further headers make it a CloudEvent in binary mode (CloudEvents 1.0, Kafka protocol
 * binding, with the extensions {@code sequence} and {@code dataversion}).
 */
public final class EventRecordConverter extends DefaultKafkaMessageConverter {
  private static final String API_PACKAGE = "dev.orderflow.api.";
  private static final String TYPE_PREFIX = "dev.orderflow.";

  /**
   * With the serializer of the event store. Records of earlier revisions are read as the present.
   */
  public EventRecordConverter(Serializer serializer) {
    super(
        DefaultKafkaMessageConverter.builder()
            .serializer(serializer)
            .upcasterChain(EventJson.upcasters())
            .sequencingPolicy(message -> EventTopic.keyOf(eventOf(message))));
  }

  @Override
  public ProducerRecord<String, byte[]> createKafkaMessage(EventMessage<?> message, String topic) {
    var record = super.createKafkaMessage(message, topic);
    var type = message.getPayloadType().getName();
    var context = type.substring(API_PACKAGE.length(), type.lastIndexOf('.'));
    var headers = record.headers();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", message.getIdentifier());
    add(headers, "ce_type", TYPE_PREFIX + type.substring(API_PACKAGE.length()));
    add(headers, "ce_source", "/orderflow/" + context);
    add(headers, "ce_subject", EventTopic.subjectOf(eventOf(message)));
    add(headers, "ce_time", DateTimeFormatter.ISO_INSTANT.format(message.getTimestamp()));
    if (message instanceof DomainEventMessage<?> domainEvent) {
      add(headers, "ce_sequence", Long.toString(domainEvent.getSequenceNumber()));
    }
    var revision = headers.lastHeader("axon-message-revision");
    if (revision != null && revision.value() != null) {
      headers.add("ce_dataversion", revision.value());
    }
    add(headers, "content-type", "application/json");
    return record;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static DomainEvent eventOf(EventMessage<?> message) {
    return (DomainEvent) message.getPayload();
  }
}
