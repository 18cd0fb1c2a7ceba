package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.consumption.OncePerMinute;
import dev.orderflow.platform.consumption.Refusal;
import dev.orderflow.platform.consumption.Subscription;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records that one source cannot take in, as its consumers keep them. */
public final class RecordLetters {
  private static final Logger LOG = LoggerFactory.getLogger(RecordLetters.class);

  private final String source;
  private final DeadLetters letters;
  private final OncePerMinute keeping;
  private final OncePerMinute failing;

  /** Keeps letters of the source. */
  public RecordLetters(String source, DeadLetters letters, Clock clock) {
    this.source = source;
    this.letters = letters;
    this.keeping = new OncePerMinute(clock);
    this.failing = new OncePerMinute(clock);
  }

  /**
   * Keeps a record, unless it is kept already, in the caller's transaction.
   *
   * @param queue where it has its place; null when it has none
   * @param place in the queue; those of one place go in the order in which they were kept
   * @param cause in words; holds nothing of the content
   * @return whether what comes after it must wait; not when it was discarded before
   */
  public boolean keep(
      Subscription subscription,
      ConsumerRecord<String, byte[]> record,
      @Nullable String queue,
      long place,
      Refusal refusal,
      String cause) {
    if (refusal != Refusal.FOLLOWING) {
      keeping.happened(times ->
          LOG.error(
              "{} keeps the record at {}-{} offset {} as a dead letter: {} ({} kept since the last"
                  + " such line); see /admin/dead-letters?source={}",
              source,
              record.topic(),
              record.partition(),
              record.offset(),
              cause,
              times,
              source));
    }
    return letters.keep(
        source,
        refusal.holdsUp() ? queue : null,
        place,
        KeptRecord.of(subscription.queue(record).topicId(), record),
        refusal,
        cause,
        refusal == Refusal.FOLLOWING ? 0 : 1);
  }

  /**
   * Keeps an event of ours, the work on which fails. What comes after it must wait.
   *
   * @param failure is for the log only: what it says may quote the event
   */
  public void keepFailed(
      Subscription subscription,
      ConsumerRecord<String, byte[]> record,
      @Nullable String queue,
      long place,
      RuntimeException failure) {
    failing.happened(times ->
        LOG.error(
            "{} fails on the record at {}-{} offset {} ({} such since the last line)",
            source,
            record.topic(),
            record.partition(),
            record.offset(),
            times,
            failure));
    var cause = "The work on it failed: " + failure.getClass().getName();
    var _ = keep(subscription, record, queue, place, Refusal.FAILED, cause);
  }
}
