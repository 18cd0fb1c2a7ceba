package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.consumption.UnreadableRecordException;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.PollHandler.Changes;
import dev.orderflow.saga.quarantine.DeadLetter;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.quarantine.KeptRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What one worker does with events. Records that cannot be read or worked on become dead letters,
 * and so do those that follow them for the same order. While the database fails nothing is given
 * up.
 */
public final class EventProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(EventProcessor.class);

  private final Worker worker;
  private final IgnoredTypes ignored;
  private final KafkaMessageConverter<String, byte[]> converter;
  private final DeadLetters letters;
  private final TransactionTemplate transaction;
  private final PollHandler handler;

  EventProcessor(
      Worker worker,
      IgnoredTypes ignored,
      KafkaMessageConverter<String, byte[]> converter,
      DeadLetters letters,
      TransactionTemplate transaction,
      PollHandler handler) {
    this.worker = worker;
    this.ignored = ignored;
    this.converter = converter;
    this.letters = letters;
    this.transaction = transaction;
    this.handler = handler;
  }

  /**
   * When it returns, each record is worked on or kept. When it throws, some may be: they may come
   * again.
   */
  void accept(String group, List<ConsumerRecord<String, byte[]>> poll) {
    var records = poll.stream().filter(record -> !ignored.contains(record)).toList();
    if (records.isEmpty()) {
      return;
    }
    try {
      workOrKeep(group, records);
    } catch (RuntimeException e) {
      if (Outage.caused(e)) {
        throw e;
      }
      LOG.warn("{} fails on one of {} records", worker.id(), records.size());
      records.forEach(record -> accept(group, record));
    }
  }

  private void accept(String group, ConsumerRecord<String, byte[]> record) {
    try {
      workOrKeep(group, List.of(record));
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

  private void workOrKeep(String group, List<ConsumerRecord<String, byte[]>> records) {
    var orders = new HashSet<OrderId>();
    records.stream().map(EventProcessor::orderOf).filter(Objects::nonNull).forEach(orders::add);
    var held = letters.lockHeld(worker, orders);
    var waiting = new HashSet<>(held);
    var events = new ArrayList<DomainEvent>();
    var kept = new ArrayList<Runnable>();
    for (var record : records) {
      var orderId = orderOf(record);
      if (orderId != null && waiting.contains(orderId)) {
        kept.add(() -> keep(group, record, "It follows another letter of its order", 0));
        continue;
      }
      try {
        events.add(read(record));
      } catch (UnreadableRecordException e) {
        LOG.error("{}; {} keeps it as a dead letter", e.getMessage(), worker.id());
        kept.add(() -> keep(group, record, "It is no readable event", 1));
        if (orderId != null) {
          waiting.add(orderId);
        }
      }
    }
    work(events, orders, held, kept);
  }

  private void keep(
      String group, ConsumerRecord<String, byte[]> record, String cause, int attempts) {
    letters.keep(worker, orderOf(record), KeptRecord.of(group, record), cause, attempts);
  }

  /**
   * Works on events of our own, of different orders, as far as no letter holds them up.
   *
   * @throws RuntimeException when one of them cannot be worked on; they are to come again
   */
  public void process(Map<OrderId, ? extends DomainEvent> events) {
    try {
      var held = letters.lockHeld(worker, events.keySet());
      var free = new HashMap<OrderId, DomainEvent>(events);
      free.keySet().removeAll(held);
      work(List.copyOf(free.values()), events.keySet(), held, List.of());
    } catch (RuntimeException e) {
      if (Outage.caused(e) || events.size() == 1) {
        throw e;
      }
      LOG.warn("{} fails on one of {} events", worker.id(), events.size());
      events.forEach(this::processAlone);
    }
  }

  private void processAlone(OrderId orderId, DomainEvent event) {
    try {
      process(Map.of(orderId, event));
    } catch (RuntimeException e) {
      LOG.error("{} cannot work on an event of {}", worker.id(), orderId, e);
    }
  }

  /**
   * Works on a record that was given up and takes its letter out, both or neither.
   *
   * @throws RuntimeException when it still cannot be read or worked on
   */
  public void retry(DeadLetter letter, KeptRecord record) {
    var changes = handler.handle(List.of(read(record.record())));
    var done =
        transaction.execute(_ -> {
          var removed = letters.remove(letter);
          if (removed) {
            changes.write();
          }
          return removed;
        });
    if (Boolean.TRUE.equals(done)) {
      changes.committed();
    }
  }

  private void work(
      List<DomainEvent> events,
      Collection<OrderId> orders,
      Set<OrderId> held,
      List<Runnable> kept) {
    var changes = events.isEmpty() ? Changes.NONE : handler.handle(events);
    if (changes.equals(Changes.NONE) && kept.isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(_ -> {
      if (!letters.lockHeld(worker, orders).equals(held)) {
        throw new OptimisticLockingFailureException("Letters have come or gone meanwhile");
      }
      kept.forEach(Runnable::run);
      changes.write();
    });
    changes.committed();
  }

  /** The topics are keyed by the order's id; a key that is none is not ours. */
  private static @Nullable OrderId orderOf(ConsumerRecord<String, byte[]> record) {
    var key = record.key();
    return key != null && OrderId.FORM.matcher(key).matches() ? new OrderId(key) : null;
  }

  private DomainEvent read(ConsumerRecord<String, byte[]> record) {
    try {
      var message = converter.readKafkaMessage(record);
      if (message.isPresent() && message.get().getPayload() instanceof DomainEvent event) {
        return event;
      }
    } catch (RuntimeException e) {
      // Nothing but the record decides this. The exception may quote it, and is not passed on.
      LOG.debug("It does not become an event: {}", e.getClass().getName());
    }
    throw new UnreadableRecordException(record);
  }
}
