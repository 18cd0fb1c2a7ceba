package dev.orderflow.platform.consumption;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Works on records, a poll at a time. */
@FunctionalInterface
public interface PollListener {
  /**
   * When it returns, each record is worked on or kept, and what came of it is stored. When it
   * throws, some may be, and all of them come again. They may come again at any time, to this
   * instance or another one, but never without those before them.
   *
   * @param subscription where they are from
   * @param poll in the order of each partition
   */
  void accept(Subscription subscription, List<ConsumerRecord<String, byte[]>> poll);
}
