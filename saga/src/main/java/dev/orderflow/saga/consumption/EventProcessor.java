package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.consumption.Blame;
import dev.orderflow.platform.consumption.OncePerMinute;
import dev.orderflow.platform.consumption.Outage;
import dev.orderflow.platform.consumption.PollListener;
import dev.orderflow.platform.consumption.ReadRecord;
import dev.orderflow.platform.consumption.Reading;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.Refusal;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.consumption.Sorting;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.PollHandler.Changes;
import dev.orderflow.saga.quarantine.DeadLetter;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.quarantine.KeptRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What one worker does with events. Records that cannot be worked on, or that only a later release
 * can read, become dead letters, and so do those that follow them for the same order. What is no
 * event of ours becomes one, too, but nothing waits for it. While the database is away, no record
 * becomes a letter.
 */
public final class EventProcessor implements PollListener {
  private static final Logger LOG = LoggerFactory.getLogger(EventProcessor.class);

  private final Worker worker;
  private final IgnoredTypes ignored;
  private final RecordReader reader;
  private final DeadLetters letters;
  private final TransactionTemplate transaction;
  private final PollHandler handler;
  private final TracedRecords traced;
  private final OncePerMinute keeping;

  EventProcessor(
      Worker worker,
      IgnoredTypes ignored,
      RecordReader reader,
      DeadLetters letters,
      TransactionTemplate transaction,
      PollHandler handler,
      TracedRecords traced,
      Clock clock) {
    this.traced = traced;
    this.worker = worker;
    this.ignored = ignored;
    this.reader = reader;
    this.letters = letters;
    this.transaction = transaction;
    this.handler = handler;
    this.keeping = new OncePerMinute(clock);
  }

  @Override
  public void accept(Subscription subscription, List<ConsumerRecord<String, byte[]>> poll) {
    var records = poll.stream().filter(record -> !ignored.contains(record)).toList();
    if (!records.isEmpty()) {
      traced.follow(worker.id(), records, () -> acceptAll(subscription.group(), records));
    }
  }

  private void acceptAll(String group, List<ConsumerRecord<String, byte[]>> records) {
    Blame.find(
        reader.readAll(records),
        part -> workOrKeep(group, part),
        (failed, failure) -> keepFailed(group, failed.record(), failure));
  }

  private void keepFailed(
      String group, ConsumerRecord<String, byte[]> record, RuntimeException failure) {
    var kept = KeptRecord.of(group, record);
    LOG.error(
        "{} cannot work on {}: it is kept as a dead letter, for staff to retry or to discard",
        worker.id(),
        kept.identity(),
        failure);
    var cause = "The work on it failed: " + failure.getClass().getName();
    transaction.executeWithoutResult(_ -> letters.keep(worker, orderOf(record), kept, cause, 1));
  }

  private void workOrKeep(String group, List<ReadRecord> records) {
    var orders = new HashSet<OrderId>();
    records.stream()
        .map(read -> orderOf(read.record()))
        .filter(Objects::nonNull)
        .forEach(orders::add);
    var held = letters.lockHeld(worker, orders);
    var kept = new ArrayList<Runnable>();
    var sorting =
        new Sorting<OrderId>(
            EventProcessor::orderOf,
            (orderId, _) -> held.contains(orderId),
            (orderId, record, refusal, cause) -> {
              tell(record, refusal, cause);
              kept.add(() -> keep(group, record, orderId, refusal, cause));
              return true;
            });
    var events = sorting.sort(records).stream().map(SequencedEvent::event).toList();
    work(events, orders, held, kept);
  }

  private void keep(
      String group,
      ConsumerRecord<String, byte[]> record,
      @Nullable OrderId orderId,
      Refusal refusal,
      String cause) {
    letters.keep(
        worker,
        refusal.holdsUp() ? orderId : null,
        KeptRecord.of(group, record),
        cause,
        refusal == Refusal.FOLLOWING ? 0 : 1);
  }

  private void tell(ConsumerRecord<String, byte[]> record, Refusal refusal, String reason) {
    if (refusal == Refusal.FOLLOWING) {
      return;
    }
    keeping.happened(times ->
        LOG.error(
            "{} keeps the record at {}-{} offset {} as a dead letter: {} ({} kept since the last"
                + " such line)",
            worker.id(),
            record.topic(),
            record.partition(),
            record.offset(),
            reason,
            times));
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
      LOG.warn(
          "{} has failed on one of {} events, and works on each alone", worker.id(), events.size());
      events.forEach(this::processAlone);
    }
  }

  /**
   * Works on what has come of earlier work. It follows no record, so no letter holds it up.
   *
   * @throws RuntimeException when it cannot be worked on
   */
  public void processAtOnce(DomainEvent event) {
    var changes = handler.handle(List.of(event));
    transaction.executeWithoutResult(_ -> changes.write());
    changes.committed();
  }

  private void processAlone(OrderId orderId, DomainEvent event) {
    try {
      process(Map.of(orderId, event));
    } catch (RuntimeException e) {
      LOG.error("{} cannot work on an event of {}; it comes again", worker.id(), orderId, e);
    }
  }

  /**
   * Works on a record that was given up and takes its letter out, both or neither.
   *
   * @throws RuntimeException when it still cannot be read or worked on
   */
  public void retry(DeadLetter letter, KeptRecord record) {
    var event =
        switch (reader.read(record.record())) {
          case Reading.Event(var read) -> read.event();
          case Reading.Foreign(var reason) -> throw new UnreadableRecordException(reason);
          case Reading.Later(var reason) -> throw new UnreadableRecordException(reason);
        };
    var changes = handler.handle(List.of(event));
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
}
