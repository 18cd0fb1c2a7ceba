package dev.orderflow.platform.consumption;

import java.util.UUID;

/**
 * The records of one key in one partition, which have an order.
 *
 * @param topicId of the topic: one that was created anew has another
 * @param key empty when they have none that could be one of ours
 */
public record RecordQueue(UUID topicId, int partition, String key) {
  /** Names it among all queues. */
  public String name() {
    return topicId + "/" + partition + "/" + key;
  }
}
