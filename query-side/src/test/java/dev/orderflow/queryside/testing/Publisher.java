package dev.orderflow.queryside.testing;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.serialization.EventJson;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Writes records as the command side does. */
public final class Publisher {
  private final EventRecordConverter converter = new EventRecordConverter(EventJson.serializer());
  private final KafkaProducer<String, byte[]> producer;

  public Publisher(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  public void publish(SequencedEvent... events) {
    for (var event : events) {
      producer.send(record(event));
    }
    producer.flush();
  }

  /** The record of an event. */
  public ProducerRecord<String, byte[]> record(SequencedEvent event) {
    return converter.createKafkaMessage(
        new GenericDomainEventMessage<>(
            "aggregate", event.aggregateId(), event.sequence(), event.event()),
        EventTopic.of(event.event()).topicName());
  }

  /** Writes any record. */
  public void publish(ProducerRecord<String, byte[]> record) {
    producer.send(record);
    producer.flush();
  }
}
