package dev.orderflow.platform.kafka;

import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.Part;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Works on batches of records as parts of the traces to which these say that they belong. */
public final class TracedRecords {
  private final Traces traces;

  /** Of these traces. */
  public TracedRecords(Traces traces) {
    this.traces = traces;
  }

  /**
   * Works on them. Meanwhile each one's context is found by its key; of several the last.
   *
   * @param consumer that works
   */
  public void follow(
      String consumer, Collection<? extends ConsumerRecord<String, ?>> records, Runnable work) {
    traces.together(
        consumer,
        records.stream().flatMap(record -> Stream.ofNullable(part(consumer, record))).toList(),
        () -> {
          work.run();
          return consumer;
        });
  }

  private static @Nullable Part part(String consumer, ConsumerRecord<String, ?> record) {
    var trace = EventRecordConverter.traceOf(record);
    if (trace == null || record.key() == null) {
      return null;
    }
    var headers = EventHeaders.of(record);
    if (headers.flaw().isPresent()) {
      return null;
    }
    var type = Objects.requireNonNull(headers.type());
    var name = consumer + " " + type.substring(type.lastIndexOf('.') + 1);
    return new Part(
        name,
        record.key(),
        trace,
        Map.of(
            RecordTags.EVENT,
            Objects.requireNonNull(headers.id()),
            RecordTags.TOPIC,
            record.topic(),
            RecordTags.PARTITION,
            Integer.toString(record.partition()),
            RecordTags.OFFSET,
            Long.toString(record.offset())));
  }
}
