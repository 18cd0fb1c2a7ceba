package dev.orderflow.platform.consumption;

import dev.orderflow.api.DomainEvent;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies a batch and moves the position, both or neither. */
final class ProjectionListener
    implements BatchAcknowledgingConsumerAwareMessageListener<String, byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(ProjectionListener.class);

  private final Projection projection;
  private final PositionFence fence;
  private final TransactionTemplate transaction;
  private final KafkaMessageConverter<String, byte[]> converter;

  ProjectionListener(
      Projection projection,
      PositionFence fence,
      TransactionTemplate transaction,
      KafkaMessageConverter<String, byte[]> converter) {
    this.projection = projection;
    this.fence = fence;
    this.transaction = transaction;
    this.converter = converter;
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<String, byte[]>> batch,
      @Nullable Acknowledgment acknowledgment,
      @Nullable Consumer<?, ?> consumer) {
    var ranges = BatchRange.of(batch);
    try {
      var events = batch.stream().map(this::read).toList();
      transaction.executeWithoutResult(_ -> {
        fence.pass(ranges);
        projection.apply(events);
      });
      fence.passed(ranges);
    } catch (FencedException e) {
      LOG.info("{} does not apply {}: not its turn", projection.name(), e.getMessage());
      fence.resynchronize(
          Objects.requireNonNull(consumer), ranges.stream().map(BatchRange::partition).toList());
    } catch (RuntimeException e) {
      // Index 0: the error handler seeks back and the whole batch comes again.
      throw new BatchListenerFailedException(projection.name() + " failed", e, 0);
    }
  }

  private SequencedEvent read(ConsumerRecord<String, byte[]> record) {
    var message =
        converter.readKafkaMessage(record).orElseThrow(() -> new UnreadableRecordException(record));
    if (message instanceof DomainEventMessage<?> event
        && event.getPayload() instanceof DomainEvent payload) {
      return new SequencedEvent(payload, event.getAggregateIdentifier(), event.getSequenceNumber());
    }
    throw new UnreadableRecordException(record);
  }
}
