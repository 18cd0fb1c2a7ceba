package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.consumption.UnreadableRecordException;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.quarantine.DeadLetter;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.quarantine.KeptRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What one worker does with records. Those that cannot be read or worked on become dead letters,
 * and so do those that follow them for the same order. While the database fails nothing is given
 * up.
 */
public final class EventWork {
  private static final Logger LOG = LoggerFactory.getLogger(EventWork.class);

  private final Worker worker;
  private final KafkaMessageConverter<String, byte[]> converter;
  private final DeadLetters letters;
  private final TransactionTemplate transaction;
  private final Consumer<List<EventMessage<?>>> work;

  EventWork(
      Worker worker,
      KafkaMessageConverter<String, byte[]> converter,
      DeadLetters letters,
      TransactionTemplate transaction,
      Consumer<List<EventMessage<?>>> work) {
    this.worker = worker;
    this.converter = converter;
    this.letters = letters;
    this.transaction = transaction;
    this.work = work;
  }

  /**
   * When it returns, each record is worked on or kept. When it throws, some may be: they may come
   * again.
   */
  void accept(String group, List<ConsumerRecord<String, byte[]>> batch) {
    try {
      transaction.executeWithoutResult(_ -> workOrKeep(group, batch));
    } catch (RuntimeException e) {
      if (Outage.caused(e)) {
        throw e;
      }
      LOG.warn("{} fails on one of {} records", worker.id(), batch.size());
      batch.forEach(record -> accept(group, record));
    }
  }

  private void accept(String group, ConsumerRecord<String, byte[]> record) {
    try {
      transaction.executeWithoutResult(_ -> workOrKeep(group, List.of(record)));
    } catch (RuntimeException e) {
      if (Outage.caused(e)) {
        throw e;
      }
      var kept = KeptRecord.of(group, record);
      LOG.error(
          "{} cannot work on {}: it is kept as a dead letter", worker.id(), kept.identity(), e);
      var cause = "The work on it failed: " + e.getClass().getName();
      transaction.executeWithoutResult(_ -> letters.keep(worker, orderOf(record), kept, cause, 1));
    }
  }

  private void workOrKeep(String group, List<ConsumerRecord<String, byte[]>> batch) {
    var orders = batch.stream().map(EventWork::orderOf).filter(Objects::nonNull).distinct();
    var held = letters.lockHeld(worker, orders.toList());
    var events = new ArrayList<EventMessage<?>>();
    for (var record : batch) {
      var orderId = orderOf(record);
      if (orderId != null && held.contains(orderId)) {
        var kept = KeptRecord.of(group, record);
        letters.keep(worker, orderId, kept, "It follows another letter of its order", 0);
        continue;
      }
      try {
        events.add(read(record));
      } catch (UnreadableRecordException e) {
        LOG.error("{}; {} keeps it as a dead letter", e.getMessage(), worker.id());
        letters.keep(worker, orderId, KeptRecord.of(group, record), "It is no readable event", 1);
        if (orderId != null) {
          held.add(orderId);
        }
      }
    }
    if (!events.isEmpty()) {
      work.accept(events);
    }
  }

  /**
   * Works on a record that was given up and takes its letter out, both or neither.
   *
   * @throws RuntimeException when it still cannot be read or worked on
   */
  public void retry(DeadLetter letter, KeptRecord record) {
    transaction.executeWithoutResult(_ -> {
      if (letters.remove(letter)) {
        work.accept(List.of(read(record.record())));
      }
    });
  }

  /** The topics are keyed by the order's id; a key that is none is not ours. */
  private static @Nullable OrderId orderOf(ConsumerRecord<String, byte[]> record) {
    var key = record.key();
    return key != null && OrderId.FORM.matcher(key).matches() ? new OrderId(key) : null;
  }

  private EventMessage<?> read(ConsumerRecord<String, byte[]> record) {
    try {
      var message = converter.readKafkaMessage(record);
      if (message.isPresent() && message.get().getPayload() instanceof DomainEvent) {
        return message.get();
      }
    } catch (RuntimeException e) {
      // Nothing but the record decides this. The exception may quote it, and is not passed on.
      LOG.debug("It does not become an event: {}", e.getClass().getName());
    }
    throw new UnreadableRecordException(record);
  }
}
