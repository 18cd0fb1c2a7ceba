package dev.orderflow.queryside.projection;

import dev.orderflow.platform.consumption.Blame;
import dev.orderflow.platform.consumption.PollListener;
import dev.orderflow.platform.consumption.ReadRecord;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.consumption.Sorting;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.queryside.quarantine.ProjectionLetters;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes records into tables, a poll in one transaction. What cannot be taken in is kept, and so is
 * what follows it for the same key; everything else goes on. While the surroundings fail nothing is
 * given up.
 */
final class Feed implements PollListener {
  private final RecordReader reader;
  private final ProjectionLetters letters;
  private final TransactionTemplate transaction;
  private final Consumer<List<SequencedEvent>> intake;

  /**
   * @param intake takes in events, at least one, in the caller's transaction
   */
  Feed(
      RecordReader reader,
      ProjectionLetters letters,
      TransactionTemplate transaction,
      Consumer<List<SequencedEvent>> intake) {
    this.reader = reader;
    this.letters = letters;
    this.transaction = transaction;
    this.intake = intake;
  }

  @Override
  public void accept(Subscription subscription, List<ConsumerRecord<String, byte[]>> poll) {
    Blame.find(
        reader.readAll(poll),
        part -> transaction.executeWithoutResult(_ -> takeOrKeep(subscription, part)),
        (failed, failure) ->
            transaction.executeWithoutResult(_ ->
                letters.keepFailed(subscription.queue(failed.record()), failed.record(), failure)));
  }

  private void takeOrKeep(Subscription subscription, List<ReadRecord> part) {
    var waiting =
        letters.waiting(
            part.stream()
                .map(read -> subscription.queue(read.record()))
                .collect(Collectors.toSet()));
    var events =
        new Sorting<>(
                subscription::queue,
                (queue, offset) -> waiting.getOrDefault(queue, Long.MAX_VALUE) < offset,
                (queue, record, refusal, cause) ->
                    letters.keep(Objects.requireNonNull(queue), record, refusal, cause))
            .sort(part);
    if (!events.isEmpty()) {
      intake.accept(events);
    }
  }
}
