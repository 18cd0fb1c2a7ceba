package dev.orderflow.platform.consumption;

import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.serialization.EventJson;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes events down as a view does: each row takes an event only in its sequence, and keeps the
 * sum of all that were before.
 */
record Rows(JdbcClient jdbc, TransactionTemplate transaction, Moments moments)
    implements PollListener {
  private static final RecordReader READER =
      new RecordReader(new EventRecordConverter(EventJson.serializer()));

  /** When something may happen. */
  record Moments(Runnable beforeTransaction, Consumer<JdbcClient> beforeCommit) {
    static final Moments NONE = new Moments(() -> {}, _ -> {});
  }

  @Override
  public void accept(Subscription subscription, List<ConsumerRecord<String, byte[]>> poll) {
    moments.beforeTransaction().run();
    transaction.executeWithoutResult(_ -> {
      for (var record : poll) {
        if (READER.read(record) instanceof Reading.Event(var event)) {
          take(event);
        }
      }
      moments.beforeCommit().accept(jdbc);
    });
  }

  private void take(SequencedEvent event) {
    if (event.sequence() == 0) {
      jdbc.sql("INSERT INTO row (id, sequence, events) VALUES (?, 0, 1) ON CONFLICT DO NOTHING")
          .param(event.aggregateId())
          .update();
    } else {
      jdbc.sql("UPDATE row SET sequence = ?, events = events + 1 WHERE id = ? AND sequence = ? - 1")
          .params(event.sequence(), event.aggregateId(), event.sequence())
          .update();
    }
  }
}
