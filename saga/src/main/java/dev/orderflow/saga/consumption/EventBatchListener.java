package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.platform.consumption.UnreadableRecordException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;

/** Turns a batch of records into events; it is done or comes again as a whole. */
final class EventBatchListener implements BatchMessageListener<String, byte[]> {
  private final String group;
  private final KafkaMessageConverter<String, byte[]> converter;
  private final Consumer<List<EventMessage<?>>> work;

  EventBatchListener(
      String group,
      KafkaMessageConverter<String, byte[]> converter,
      Consumer<List<EventMessage<?>>> work) {
    this.group = group;
    this.converter = converter;
    this.work = work;
  }

  @Override
  public void onMessage(List<ConsumerRecord<String, byte[]>> batch) {
    try {
      work.accept(batch.stream().<EventMessage<?>>map(this::read).toList());
    } catch (RuntimeException e) {
      // Index 0: the error handler seeks back, so that nobody works on a partition that has moved.
      throw new BatchListenerFailedException(group + " failed", e, 0);
    }
  }

  private EventMessage<?> read(ConsumerRecord<String, byte[]> record) {
    var message =
        converter.readKafkaMessage(record).orElseThrow(() -> new UnreadableRecordException(record));
    if (message.getPayload() instanceof DomainEvent) {
      return message;
    }
    throw new UnreadableRecordException(record);
  }
}
