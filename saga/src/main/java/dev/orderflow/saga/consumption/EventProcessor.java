package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.consumption.Blame;
import dev.orderflow.platform.consumption.PollListener;
import dev.orderflow.platform.consumption.ReadRecord;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.consumption.Sorting;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.PollHandler.Changes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
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

  EventProcessor(
      Worker worker,
      IgnoredTypes ignored,
      RecordReader reader,
      DeadLetters letters,
      TransactionTemplate transaction,
      PollHandler handler,
      TracedRecords traced) {
    this.traced = traced;
    this.worker = worker;
    this.ignored = ignored;
    this.reader = reader;
    this.letters = letters;
    this.transaction = transaction;
    this.handler = handler;
  }

  @Override
  public void accept(Subscription subscription, List<ConsumerRecord<String, byte[]>> poll) {
    var records = poll.stream().filter(record -> !ignored.contains(record)).toList();
    if (!records.isEmpty()) {
      traced.follow(worker.id(), records, () -> acceptAll(subscription, records));
    }
  }

  private void acceptAll(Subscription subscription, List<ConsumerRecord<String, byte[]>> poll) {
    Blame.find(
        reader.readAll(poll),
        part -> workOrKeep(subscription, part),
        (failed, failure) ->
            transaction.executeWithoutResult(_ ->
                letters.keepFailed(
                    worker.id(),
                    subscription,
                    failed.record(),
                    orderOf(failed.record()),
                    0,
                    failure)));
  }

  private void workOrKeep(Subscription subscription, List<ReadRecord> part) {
    var orders = new HashSet<String>();
    part.stream().map(read -> orderOf(read.record())).filter(Objects::nonNull).forEach(orders::add);
    var held = lockHeld(orders);
    var kept = new ArrayList<Runnable>();
    var sorting =
        new Sorting<String>(
            EventProcessor::orderOf,
            (orderId, _) -> held.contains(orderId),
            (orderId, record, refusal, cause) -> {
              kept.add(() ->
                  letters.keep(worker.id(), subscription, record, orderId, 0, refusal, cause));
              return true;
            });
    var events = sorting.sort(part).stream().map(SequencedEvent::event).toList();
    work(events, orders, held, kept);
  }

  /**
   * Which of the orders have letters. Until the transaction ends these stay: what is kept behind
   * them meanwhile is not left alone.
   */
  private Set<String> lockHeld(Collection<String> orders) {
    return letters.lockWaiting(worker.id(), orders).keySet();
  }

  /**
   * Works on events of our own, of different orders, as far as no letter holds them up. One that
   * cannot be worked on is to come again, and so are all when it throws.
   */
  public <E extends DomainEvent> void process(Map<OrderId, E> events) {
    Blame.find(
        List.copyOf(events.entrySet()),
        this::workOnFree,
        (failed, failure) ->
            LOG.error(
                "{} cannot work on an event of {}; it comes again",
                worker.id(),
                failed.getKey(),
                failure));
  }

  private <E extends DomainEvent> void workOnFree(List<Map.Entry<OrderId, E>> part) {
    var orders = part.stream().map(entry -> entry.getKey().value()).toList();
    var held = lockHeld(orders);
    var free =
        part.stream()
            .filter(entry -> !held.contains(entry.getKey().value()))
            .<DomainEvent>map(Map.Entry::getValue)
            .toList();
    work(free, orders, held, List.of());
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

  /**
   * Works on an event that was given up.
   *
   * @param takeOut takes its letter out, in the transaction of what is written; false when it is
   *     gone
   * @throws RuntimeException when it still cannot be worked on
   */
  public void retry(DomainEvent event, BooleanSupplier takeOut) {
    var changes = handler.handle(List.of(event));
    var done =
        transaction.execute(_ -> {
          var out = takeOut.getAsBoolean();
          if (out) {
            changes.write();
          }
          return out;
        });
    if (Boolean.TRUE.equals(done)) {
      changes.committed();
    }
  }

  private void work(
      List<DomainEvent> events, Collection<String> orders, Set<String> held, List<Runnable> kept) {
    var changes = events.isEmpty() ? Changes.NONE : handler.handle(events);
    if (changes.equals(Changes.NONE) && kept.isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(_ -> {
      if (!lockHeld(orders).equals(held)) {
        throw new OptimisticLockingFailureException("Letters have come or gone meanwhile");
      }
      kept.forEach(Runnable::run);
      changes.write();
    });
    changes.committed();
  }

  /** The topics are keyed by the order's id; a key that is none is not ours. */
  private static @Nullable String orderOf(ConsumerRecord<String, byte[]> record) {
    var key = record.key();
    return key != null && OrderId.FORM.matcher(key).matches() ? key : null;
  }
}
