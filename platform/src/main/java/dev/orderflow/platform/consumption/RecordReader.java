package dev.orderflow.platform.consumption;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.EventRevision;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.Reading.Event;
import dev.orderflow.platform.consumption.Reading.Foreign;
import dev.orderflow.platform.consumption.Reading.Later;
import dev.orderflow.platform.kafka.EventHeaders;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.serialization.JsonEncoding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * Reads records, which any client of Kafka may have written. Only the record itself decides what it
 * is, so all readers come to the same verdict.
 */
public final class RecordReader {
  private static final ObjectMapper JSON = EventJson.mapper();

  private final KafkaMessageConverter<String, byte[]> converter;

  /** By {@code ce_type}; those that there are, so that no stranger makes it grow. */
  private final Map<String, Present> presents = new ConcurrentHashMap<>();

  /** With what makes events of records of every form. */
  public RecordReader(KafkaMessageConverter<String, byte[]> converter) {
    this.converter = converter;
  }

  /** Reads each of them. */
  public List<ReadRecord> readAll(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(record -> new ReadRecord(record, read(record))).toList();
  }

  /** Never throws: the message of an exception may quote the record, and is not passed on. */
  public Reading read(ConsumerRecord<String, byte[]> record) {
    if (record.key() == null) {
      return new Foreign("It has no key");
    }
    if (record.value() == null) {
      return new Foreign("It has no value");
    }
    if (!JsonEncoding.isUtf8(record.value())) {
      return new Foreign("Its value is not UTF-8");
    }
    var headers = EventHeaders.of(record);
    return headers.flaw().<Reading>map(Foreign::new).orElseGet(() -> read(record, headers));
  }

  private Reading read(ConsumerRecord<String, byte[]> record, EventHeaders headers) {
    var present = present(headers);
    try {
      var payload =
          present != null && headers.revision() >= present.revision()
              ? present.reader().readValue(record.value())
              : converter.readKafkaMessage(record).orElseThrow().getPayload();
      return switch (payload) {
        case DomainEvent event -> placed(record, headers, event);
        case UnknownSerializedType _ ->
            isObject(record.value())
                ? new Later("Its type is known to a later release only")
                : new Foreign("Its value is no JSON object");
        default -> new Foreign("Its ce_type is no event");
      };
    } catch (IOException | RuntimeException e) {
      return present != null && headers.revision() > present.revision()
          ? new Later("Its revision is known to a later release only")
          : new Foreign(flaw(e));
    }
  }

  /** Null when this release has no event of the type. */
  private @Nullable Present present(EventHeaders headers) {
    var type = Objects.requireNonNull(headers.type());
    var known = presents.get(type);
    if (known != null) {
      return known;
    }
    var found = Present.find(headers.className());
    if (found != null) {
      presents.put(type, found);
    }
    return found;
  }

  private static Reading placed(
      ConsumerRecord<String, byte[]> record, EventHeaders headers, DomainEvent event) {
    if (!EventTopic.of(event).topicName().equals(record.topic())) {
      return new Foreign("Its type belongs to another topic");
    }
    if (!EventTopic.keyOf(event).equals(record.key())) {
      return new Foreign("Its key is not that of its event");
    }
    return new Event(new SequencedEvent(event, headers.aggregateId(), headers.place()));
  }

  private static boolean isObject(byte[] value) {
    try {
      return JSON.readTree(value).isObject();
    } catch (IOException _) {
      return false;
    }
  }

  /** Names the field, as far as it is known. */
  private static String flaw(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
        return "Its field %s is missing or wrong".formatted(path(mapping));
      }
      if (cause instanceof JsonProcessingException) {
        return "Its value is no JSON of its type";
      }
    }
    return "Its value does not become an event";
  }

  private static String path(JsonMappingException mapping) {
    return mapping.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  /**
   * The present form of a type of events. Nearly every record has it, and is read straight from its
   * bytes; what is left to the converter is of an earlier form, or of a type that is not known.
   */
  private record Present(int revision, ObjectReader reader) {
    static @Nullable Present find(String className) {
      try {
        var type = Class.forName(className);
        var revision = type.getAnnotation(EventRevision.class);
        return revision == null ? null : new Present(revision.value(), JSON.readerFor(type));
      } catch (ClassNotFoundException | LinkageError _) {
        return null;
      }
    }
  }
}
