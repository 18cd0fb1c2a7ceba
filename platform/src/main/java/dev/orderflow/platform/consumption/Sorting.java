package dev.orderflow.platform.consumption;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Parts the records of a poll into those that are worked on and those that are kept: what is no
 * event of ours, what only a later release can read, and what follows something that is kept.
 *
 * @param <Q> what has an order, such as the records of a key
 */
public final class Sorting<Q> {
  private final Function<ConsumerRecord<String, byte[]>, @Nullable Q> queueOf;
  private final Waiting<Q> waiting;
  private final Keeping<Q> keeping;

  /**
   * @param queueOf where a record has its place; null when nothing can wait for it, nor it for
   *     anything
   * @param waiting knows what was kept before
   * @param keeping keeps records
   */
  public Sorting(
      Function<ConsumerRecord<String, byte[]>, @Nullable Q> queueOf,
      Waiting<Q> waiting,
      Keeping<Q> keeping) {
    this.queueOf = queueOf;
    this.waiting = waiting;
    this.keeping = keeping;
  }

  /** Keeps what must be kept, and returns the rest, in its order. */
  public List<SequencedEvent> sort(List<ReadRecord> records) {
    var stopped = new HashSet<Q>();
    var events = new ArrayList<SequencedEvent>();
    for (var read : records) {
      var record = read.record();
      var queue = queueOf.apply(record);
      var mustWait =
          queue != null && (stopped.contains(queue) || waiting.isBefore(queue, record.offset()));
      switch (read.reading()) {
        case Reading.Foreign(var reason) -> {
          var _ = keeping.keep(queue, record, PermanentFailure.FOREIGN, reason);
        }
        case Reading.Event(var event) when !mustWait -> events.add(event);
        case Reading.Later(var reason) when !mustWait -> {
          if (keeping.keep(queue, record, PermanentFailure.LATER, reason) && queue != null) {
            stopped.add(queue);
          }
        }
        case Reading.Event _, Reading.Later _ -> {
          var _ =
              keeping.keep(
                  queue,
                  record,
                  PermanentFailure.FOLLOWING,
                  "It follows another letter of its key");
        }
      }
    }
    return events;
  }

  /** What was kept before. */
  @FunctionalInterface
  public interface Waiting<Q> {
    /** Whether something waits in the queue that comes before this offset. */
    boolean isBefore(Q queue, long offset);
  }

  /** Where records are kept. */
  @FunctionalInterface
  public interface Keeping<Q> {
    /**
     * Keeps a record.
     *
     * @param cause in words; holds nothing of the content
     * @return whether what comes after it in its queue must wait
     */
    boolean keep(
        @Nullable Q queue,
        ConsumerRecord<String, byte[]> record,
        PermanentFailure refusal,
        String cause);
  }
}
