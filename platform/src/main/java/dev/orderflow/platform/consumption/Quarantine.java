package dev.orderflow.platform.consumption;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a projection keeps the records that it cannot take in, until they can be or a person has
 * discarded them. Everything here takes part in the transaction that moves the position, so no
 * record is passed over that is not kept.
 */
public interface Quarantine {
  /**
   * Those of the queues in which a record waits.
   *
   * @return the offset of the first that waits in each; what comes after it must wait, too
   */
  Map<RecordQueue, Long> waiting(Collection<RecordQueue> queues);

  /**
   * Keeps a record, unless it is kept already.
   *
   * @param queue what comes after it there waits, if the refusal asks for it
   * @param cause in words; holds nothing of the content
   * @return whether what comes after it must wait; not when it was discarded before
   */
  boolean keep(
      RecordQueue queue, ConsumerRecord<String, byte[]> record, Refusal refusal, String cause);

  /**
   * Keeps an event of ours, the work on which fails. What comes after it must wait.
   *
   * @param failure is for the log only: what it says may quote the event
   */
  void keepFailed(
      RecordQueue queue, ConsumerRecord<String, byte[]> record, RuntimeException failure);

  /** Why a record is not taken in. */
  enum Refusal {
    /** It is no event of ours. It was never in the order of its key, and nothing waits for it. */
    FOREIGN,
    /** A later release wrote it, and can read it. */
    LATER,
    /** It is an event of ours, and the work on it fails. */
    FAILED,
    /** Another record of its key waits before it. */
    FOLLOWING;

    /** Whether what comes after it in its queue must wait. */
    public boolean holdsUp() {
      return this != FOREIGN;
    }
  }
}
