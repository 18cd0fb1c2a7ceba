package dev.orderflow.saga.testing;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.serialization.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/**
 * Publishes events as the command side does, but not idempotently: such a producer trips over a
 * topic that was just created anew.
 */
public final class EventPublisher implements AutoCloseable {
  private final EventRecordConverter converter = new EventRecordConverter(EventJson.serializer());
  private final Map<String, AtomicLong> sequences = new ConcurrentHashMap<>();
  private final Producer<String, byte[]> producer;

  /** To the broker at this address. */
  public EventPublisher(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "linger.ms",
                0,
                "enable.idempotence",
                false,
                "max.in.flight.requests.per.connection",
                1),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Sends the event to its topic. */
  public void publish(DomainEvent event) {
    var key = EventTopic.keyOf(event);
    var sequence = sequences.computeIfAbsent(key, _ -> new AtomicLong()).getAndIncrement();
    var _ =
        producer.send(
            converter.createKafkaMessage(
                new GenericDomainEventMessage<>("aggregate", key, sequence, event),
                EventTopic.of(event).topicName()));
  }

  /** Sends what is no event. */
  public void publishUnreadable(EventTopic topic, String key) {
    var _ =
        producer.send(
            new ProducerRecord<>(
                topic.topicName(), key, "no event".getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends an event of an order that only a later release knows. */
  public void publishLater(OrderId order) {
    var event = new OrderConfirmedEvent(order, Instant.EPOCH);
    var record =
        converter.createKafkaMessage(
            new GenericDomainEventMessage<>("aggregate", "order-" + order, 9, event),
            EventTopic.ORDERS.topicName());
    record
        .headers()
        .remove("ce_type")
        .add("ce_type", "dev.orderflow.ordering.OrderLaterEvent".getBytes(StandardCharsets.UTF_8));
    var _ = producer.send(record);
  }

  @Override
  public void close() {
    producer.close();
  }
}
