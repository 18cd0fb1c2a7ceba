package dev.orderflow.saga.consumption;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;

/** Hands batches of records to a worker; one that fails comes again as a whole. */
final class EventBatchListener implements BatchMessageListener<String, byte[]> {
  private final String group;
  private final EventProcessor processor;

  EventBatchListener(String group, EventProcessor processor) {
    this.group = group;
    this.processor = processor;
  }

  @Override
  public void onMessage(List<ConsumerRecord<String, byte[]>> poll) {
    try {
      processor.accept(group, poll);
    } catch (RuntimeException e) {
      // Index 0: the error handler seeks back, so that nobody works on a partition that has moved.
      throw new BatchListenerFailedException(group + " failed", e, 0);
    }
  }
}
