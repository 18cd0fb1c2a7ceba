package dev.orderflow.queryside.quarantine;

import dev.orderflow.platform.consumption.OncePerMinute;
import dev.orderflow.platform.consumption.Quarantine;
import dev.orderflow.platform.consumption.RecordQueue;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The letters of one projection, as its consumers write them. */
final class ProjectionQuarantine implements Quarantine {
  private static final Logger LOG = LoggerFactory.getLogger(ProjectionQuarantine.class);

  private final String projection;
  private final Letters letters;
  private final OncePerMinute keeping;
  private final OncePerMinute failing;

  ProjectionQuarantine(String projection, Letters letters, Clock clock) {
    this.projection = projection;
    this.letters = letters;
    this.keeping = new OncePerMinute(clock);
    this.failing = new OncePerMinute(clock);
  }

  @Override
  public Map<RecordQueue, Long> waiting(Collection<RecordQueue> queues) {
    return letters.waiting(projection, queues);
  }

  @Override
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

  @Override
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
