package dev.orderflow.platform.consumption;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps records by their offsets; knows no transaction. */
final class KeptInMemory implements Quarantine {
  final Map<Long, Refusal> kept = new ConcurrentHashMap<>();
  private final Map<RecordQueue, Long> waiting = new ConcurrentHashMap<>();

  @Override
  public Map<RecordQueue, Long> waiting(Collection<RecordQueue> queues) {
    var found = new HashMap<>(waiting);
    found.keySet().retainAll(queues);
    return found;
  }

  @Override
  public boolean keep(
      RecordQueue queue, ConsumerRecord<String, byte[]> record, Refusal refusal, String cause) {
    kept.put(record.offset(), refusal);
    if (refusal.holdsUp()) {
      waiting.putIfAbsent(queue, record.offset());
    }
    return refusal.holdsUp();
  }

  @Override
  public void keepFailed(
      RecordQueue queue, ConsumerRecord<String, byte[]> record, RuntimeException failure) {
    var _ = keep(queue, record, Refusal.FAILED, "");
  }
}
