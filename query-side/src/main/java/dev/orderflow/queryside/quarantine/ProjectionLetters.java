package dev.orderflow.queryside.quarantine;

import dev.orderflow.platform.consumption.OncePerMinute;
import dev.orderflow.platform.consumption.RecordQueue;
import dev.orderflow.platform.consumption.Refusal;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The letters of one projection, as its consumers write them. */
public final class ProjectionLetters {
  private static final Logger LOG = LoggerFactory.getLogger(ProjectionLetters.class);

  private final String projection;
  private final Letters letters;
  private final OncePerMinute keeping;
  private final OncePerMinute failing;

  ProjectionLetters(String projection, Letters letters, Clock clock) {
    this.projection = projection;
    this.letters = letters;
    this.keeping = new OncePerMinute(clock);
    this.failing = new OncePerMinute(clock);
  }

  /** The offset of the first that waits in each of the queues that have one. */
  public Map<RecordQueue, Long> waiting(Collection<RecordQueue> queues) {
    return letters.waiting(projection, queues);
  }

  /**
   * Keeps a record, unless it is kept already, in the caller's transaction.
   *
   * @param cause in words; holds nothing of the content
   * @return whether what comes after it must wait; not when it was discarded before
   */
  public boolean keep(
      RecordQueue queue, ConsumerRecord<String, byte[]> record, Refusal refusal, String cause) {
    keeping.happened(times ->
        LOG.error(
            "{} keeps the record at {}-{} offset {} as a dead letter: {} ({} kept since the last"
                + " such line); see /admin/projections/{}/dead-letters",
            projection,
            record.topic(),
            record.partition(),
            record.offset(),
            cause,
            times,
            projection));
    return letters.keep(projection, queue, record, refusal, cause);
  }

  /**
   * Keeps an event of ours, the work on which fails. What comes after it must wait.
   *
   * @param failure is for the log only: what it says may quote the event
   */
  public void keepFailed(
      RecordQueue queue, ConsumerRecord<String, byte[]> record, RuntimeException failure) {
    failing.happened(times ->
        LOG.error(
            "{} fails on the record at {}-{} offset {} ({} such since the last line)",
            projection,
            record.topic(),
            record.partition(),
            record.offset(),
            times,
            failure));
    var _ = keep(queue, record, Refusal.FAILED, Letter.causeOf(failure));
  }
}
