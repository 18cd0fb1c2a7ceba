package dev.orderflow.e2e.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event on Kafka. */
public record EventRecord(
    String topic,
    int partition,
    long offset,
    String key,
    Map<String, String> headers,
    String text,
    JsonNode event) {
  private static final Map<String, String> STREAM_PREFIX =
      Map.of(
          "products", "product-",
          "inventory", "stock-",
          "orders", "order-",
          "payments", "payment-",
          "payment-outcomes", "payment-");

  static EventRecord of(ConsumerRecord<String, byte[]> record) {
    var headers = new HashMap<String, String>();
    record
        .headers()
        .forEach(header -> {
          if (header.value() != null) {
            headers.put(header.key(), new String(header.value(), UTF_8));
          }
        });
    var text = new String(record.value(), UTF_8);
    return new EventRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        Map.copyOf(headers),
        text,
        JsonMapper.shared().readTree(text));
  }

  /** A header of CloudEvents; empty when it is not there. */
  public String ce(String attribute) {
    return headers.getOrDefault("ce_" + attribute, "");
  }

  /** The name of the event without its context. */
  public String type() {
    return ce("type").substring(ce("type").lastIndexOf('.') + 1);
  }

  public long sequence() {
    return Long.parseLong(ce("sequence"));
  }

  /** The stream in the event store. */
  String stream() {
    return STREAM_PREFIX.get(topic) + ce("subject");
  }

  /** What no other event has. */
  EventStoreReader.Position position() {
    return new EventStoreReader.Position(stream(), sequence());
  }
}
