package dev.orderflow.platform.consumption;

import dev.orderflow.platform.consumption.Quarantine.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies a batch and moves the position, both or neither. What cannot be applied is kept, and so
 * is what follows it for the same key; everything else goes on. While the surroundings fail nothing
 * is given up.
 */
final class ProjectionListener
    implements BatchAcknowledgingConsumerAwareMessageListener<String, byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(ProjectionListener.class);

  private final Projection projection;
  private final PositionFence fence;
  private final TransactionTemplate transaction;
  private final RecordReader reader;
  private final Quarantine quarantine;

  ProjectionListener(
      Projection projection,
      PositionFence fence,
      TransactionTemplate transaction,
      RecordReader reader,
      Quarantine quarantine) {
    this.projection = projection;
    this.fence = fence;
    this.transaction = transaction;
    this.reader = reader;
    this.quarantine = quarantine;
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<String, byte[]>> batch,
      @Nullable Acknowledgment acknowledgment,
      @Nullable Consumer<?, ?> consumer) {
    try {
      take(batch.stream().map(this::read).toList());
    } catch (FencedException e) {
      LOG.info("{} does not apply {}: not its turn", projection.name(), e.getMessage());
      fence.resynchronize(
          Objects.requireNonNull(consumer),
          BatchRange.of(batch).stream().map(BatchRange::partition).toList());
    } catch (RuntimeException e) {
      // Index 0: the error handler seeks back and the whole batch comes again.
      throw new BatchListenerFailedException(projection.name() + " failed", e, 0);
    }
  }

  /** A batch that fails is halved until the one record that is to blame is alone. */
  private void take(List<ReadRecord> batch) {
    try {
      inTransaction(batch, () -> applyOrKeep(batch));
    } catch (FencedException e) {
      throw e;
    } catch (RuntimeException e) {
      if (Outage.caused(e)) {
        throw e;
      }
      if (batch.size() == 1) {
        var failed = batch.getFirst();
        inTransaction(batch, () -> quarantine.keepFailed(failed.queue(), failed.record(), e));
      } else {
        var half = batch.size() / 2;
        take(batch.subList(0, half));
        take(batch.subList(half, batch.size()));
      }
    }
  }

  private void inTransaction(List<ReadRecord> batch, Runnable work) {
    var ranges = BatchRange.of(batch.stream().map(ReadRecord::record).toList());
    transaction.executeWithoutResult(_ -> {
      fence.pass(ranges);
      work.run();
    });
    fence.passed(ranges);
  }

  private void applyOrKeep(List<ReadRecord> batch) {
    var waiting =
        new HashMap<>(
            quarantine.waiting(batch.stream().map(ReadRecord::queue).collect(Collectors.toSet())));
    var events = new ArrayList<SequencedEvent>();
    for (var read : batch) {
      var first = waiting.get(read.queue());
      var mustWait = first != null && first < read.record().offset();
      switch (read.reading()) {
        case Reading.Foreign(var reason) -> keep(read, Refusal.FOREIGN, reason);
        case Reading.Event(var event) when !mustWait -> events.add(event);
        case Reading.Later(var reason) when !mustWait -> {
          if (keep(read, Refusal.LATER, reason)) {
            waiting.put(read.queue(), read.record().offset());
          }
        }
        case Reading.Event _, Reading.Later _ ->
            keep(read, Refusal.FOLLOWING, "It follows another letter of its key");
      }
    }
    projection.apply(events);
  }

  private boolean keep(ReadRecord read, Refusal refusal, String cause) {
    return quarantine.keep(read.queue(), read.record(), refusal, cause);
  }

  private ReadRecord read(ConsumerRecord<String, byte[]> record) {
    return new ReadRecord(record, fence.queue(record), reader.read(record));
  }

  private record ReadRecord(
      ConsumerRecord<String, byte[]> record, RecordQueue queue, Reading reading) {}
}
