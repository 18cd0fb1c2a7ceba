package dev.orderflow.queryside.projection;

import dev.orderflow.platform.consumption.Blame;
import dev.orderflow.platform.consumption.PollListener;
import dev.orderflow.platform.consumption.ReadRecord;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.consumption.Sorting;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.kafka.TracedRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes records into projections, a poll in one transaction. What cannot be taken in is kept, and
 * so is what follows it for the same key; everything else goes on. While the surroundings fail
 * nothing is given up.
 */
@Component
public final class Feeds {
  private final RecordReader reader;
  private final DeadLetters letters;
  private final TransactionTemplate transaction;
  private final TracedRecords traced;
  private final MeterRegistry meters;
  private final Clock clock;

  Feeds(
      RecordReader reader,
      DeadLetters letters,
      TransactionTemplate transaction,
      TracedRecords traced,
      MeterRegistry meters,
      Clock clock) {
    this.reader = reader;
    this.letters = letters;
    this.transaction = transaction;
    this.traced = traced;
    this.meters = meters;
    this.clock = clock;
  }

  /** Into the tables that serve, in the records' traces; readers are told. */
  public PollListener serving(Projection<?> projection) {
    var lag = new ProjectionLag(projection.name(), meters, clock);
    var feed = into(projection, events -> lag.taken(events, takeAndTell(projection, events)));
    return (subscription, poll) ->
        traced.follow(projection.name(), poll, () -> feed.accept(subscription, poll));
  }

  /**
   * Takes events into the tables that serve, in the caller's transaction.
   *
   * @return the keys of the rows that have changed
   */
  public static <R> Set<String> takeAndTell(Projection<R> projection, List<SequencedEvent> events) {
    var changed = projection.take(Tables.SERVING, events);
    if (!changed.isEmpty()) {
      projection.changed(changed);
    }
    return changed.keySet();
  }

  /**
   * Into any tables.
   *
   * @param intake takes in events, at least one, in the caller's transaction
   */
  public PollListener into(Projection<?> projection, Consumer<List<SequencedEvent>> intake) {
    return new Feed(projection.name(), intake);
  }

  private final class Feed implements PollListener {
    private final String projection;
    private final Consumer<List<SequencedEvent>> intake;

    Feed(String projection, Consumer<List<SequencedEvent>> intake) {
      this.projection = projection;
      this.intake = intake;
    }

    @Override
    public void accept(Subscription subscription, List<ConsumerRecord<String, byte[]>> poll) {
      Blame.find(
          reader.readAll(poll),
          part -> transaction.executeWithoutResult(_ -> takeOrKeep(subscription, part)),
          (failed, failure) ->
              transaction.executeWithoutResult(_ ->
                  letters.keepFailed(
                      projection,
                      subscription,
                      failed.record(),
                      subscription.queue(failed.record()).name(),
                      failed.record().offset(),
                      failure)));
    }

    private void takeOrKeep(Subscription subscription, List<ReadRecord> part) {
      var waiting =
          letters.waiting(
              projection,
              () ->
                  part.stream()
                      .map(read -> subscription.queue(read.record()).name())
                      .collect(Collectors.toSet()));
      var events =
          new Sorting<>(
                  subscription::queue,
                  (queue, offset) ->
                      !waiting.isEmpty()
                          && waiting.getOrDefault(queue.name(), Long.MAX_VALUE) < offset,
                  (_, record, refusal, cause) ->
                      letters.keep(
                          projection,
                          subscription,
                          record,
                          subscription.queue(record).name(),
                          record.offset(),
                          refusal,
                          cause))
              .sort(part);
      if (!events.isEmpty()) {
        intake.accept(events);
      }
    }
  }
}
