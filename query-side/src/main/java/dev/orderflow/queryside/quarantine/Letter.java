package dev.orderflow.queryside.quarantine;

import dev.orderflow.platform.consumption.RecordQueue;
import dev.orderflow.platform.consumption.Refusal;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that a projection could not take in.
 *
 * @param id grows in the order in which letters were kept
 * @param record as it was on its topic
 * @param cause in words; holds nothing of the content
 * @param attempts how often it was tried; 0 when it only follows another letter
 * @param since when it was kept
 */
record Letter(
    long id,
    String projection,
    RecordQueue queue,
    ConsumerRecord<String, byte[]> record,
    Refusal refusal,
    String cause,
    int attempts,
    Instant since) {
  /** The cause where the work fails. What the failure says may quote the record. */
  static String causeOf(RuntimeException failure) {
    return "The work on it failed: " + failure.getClass().getName();
  }
}
