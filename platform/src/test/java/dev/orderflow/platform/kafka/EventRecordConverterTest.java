package dev.orderflow.platform.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.serialization.EventJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

class EventRecordConverterTest {
  private static final ProductCreatedEvent CREATED =
      new ProductCreatedEvent(
          new ProductId("PROD-ABC"),
          "Kettle",
          "1,7 L",
          new BigDecimal("50000.0"),
          Currency.getInstance("VND"),
          1,
          true,
          Instant.parse("2024-07-31T10:00:00Z"));

  private final EventRecordConverter converter = new EventRecordConverter(EventJson.serializer());

  @Test
  void a_record_of_an_earlier_revision_is_read_as_the_present_one() {
    var record = published();
    replace(record, "ce_dataversion", "1");

    assertThat(read(withValue(record, valueOf(record).replace(",\"active\":true", ""))))
        .isEqualTo(CREATED);
  }

  @Test
  void headers_and_fields_of_a_later_release_are_passed_over() {
    var record = published();
    record.headers().add("other-later", new byte[] {0, 1}).add("ce_later", null);
    replace(record, "ce_dataversion", "3");

    assertThat(read(withValue(record, valueOf(record).replace("{", "{\"colour\":\"red\","))))
        .isEqualTo(CREATED);
  }

  @Test
  void other_readers_are_told_the_revision() {
    assertThat(published().headers().lastHeader("ce_dataversion").value())
        .isEqualTo("2".getBytes(UTF_8));
  }

  private ConsumerRecord<String, byte[]> published() {
    var sent =
        converter.createKafkaMessage(
            new GenericDomainEventMessage<>("Product", "product-PROD-ABC", 0, CREATED), "products");
    var record = new ConsumerRecord<>("products", 0, 0, sent.key(), sent.value());
    sent.headers().forEach(record.headers()::add);
    return record;
  }

  private static void replace(ConsumerRecord<?, ?> record, String header, String value) {
    record.headers().remove(header).add(header, value.getBytes(UTF_8));
  }

  private static String valueOf(ConsumerRecord<?, byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  private static ConsumerRecord<String, byte[]> withValue(
      ConsumerRecord<String, byte[]> record, String value) {
    assertThat(value).isNotEqualTo(valueOf(record));
    var other = new ConsumerRecord<>("products", 0, 0, record.key(), value.getBytes(UTF_8));
    record.headers().forEach(other.headers()::add);
    return other;
  }

  private Object read(ConsumerRecord<String, byte[]> record) {
    var message = (DomainEventMessage<?>) converter.readKafkaMessage(record).orElseThrow();
    assertThat(message.getAggregateIdentifier()).isEqualTo("catalog-PROD-ABC");
    return message.getPayload();
  }
}
