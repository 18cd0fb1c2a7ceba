package dev.orderflow.platform.consumption;

import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one key in one partition, which have an order.
 *
 * @param topicId of the topic: one that was created anew has another
 * @param key empty when they have none that could be one of ours
 */
public record RecordQueue(UUID topicId, int partition, String key) {
  private static final Pattern PLAUSIBLE = Pattern.compile("[!-~]{1,128}");

  static RecordQueue of(UUID topicId, ConsumerRecord<String, byte[]> record) {
    var key = record.key();
    return new RecordQueue(
        topicId, record.partition(), key != null && PLAUSIBLE.matcher(key).matches() ? key : "");
  }
}
