package dev.orderflow.platform.consumption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.serialization.EventJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.transaction.support.TransactionTemplate;

class ProjectionListenerTest {
  private final EventRecordConverter converter = new EventRecordConverter(EventJson.serializer());

  /** Neither database nor transaction: nobody gets that far. */
  private final ProjectionListener listener =
      new ProjectionListener(
          new Untouched(),
          new PositionFence(
              new Positions(JdbcClient.create(new DriverManagerDataSource()), "untouched", 1),
              Map.of()),
          new TransactionTemplate(),
          converter);

  @Test
  void a_type_that_only_a_later_release_knows_is_waited_for_and_never_skipped() {
    var batch = List.of(confirmed(7), ofUnknownType(confirmed(8)), confirmed(9));

    assertThatThrownBy(() -> listener.onMessage(batch, null, null))
        .isInstanceOf(BatchListenerFailedException.class)
        .cause()
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("orders-0 offset 8");
  }

  private ConsumerRecord<String, byte[]> confirmed(long offset) {
    var event = new OrderConfirmedEvent(new OrderId("ORD-1"), Instant.EPOCH);
    var sent =
        converter.createKafkaMessage(
            new GenericDomainEventMessage<>("Order", "order-ORD-1", offset, event), "orders");
    var record = new ConsumerRecord<>("orders", 0, offset, sent.key(), sent.value());
    sent.headers().forEach(record.headers()::add);
    return record;
  }

  private static ConsumerRecord<String, byte[]> ofUnknownType(
      ConsumerRecord<String, byte[]> record) {
    record
        .headers()
        .remove("ce_type")
        .add("ce_type", "dev.orderflow.ordering.OrderLaterEvent".getBytes(UTF_8));
    return record;
  }

  private static final class Untouched implements Projection {
    @Override
    public String name() {
      return "untouched";
    }

    @Override
    public Set<EventTopic> topics() {
      return Set.of(EventTopic.ORDERS);
    }

    @Override
    public void apply(List<SequencedEvent> events) {
      throw new AssertionError("applied " + events);
    }
  }
}
