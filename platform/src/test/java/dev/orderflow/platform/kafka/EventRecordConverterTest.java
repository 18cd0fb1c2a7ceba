package dev.orderflow.platform.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.serialization.EventJson;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import java.util.stream.LongStream;
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

  @Test
  void the_cloud_events_sdk_reads_what_we_publish() {
    var record = published(7);

    var event = KafkaMessageFactory.createReader(record).toEvent();

    assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
    assertThat(UUID.fromString(event.getId())).isNotNull();
    assertThat(event.getSource()).isEqualTo(URI.create("/orderflow/catalog"));
    assertThat(event.getType()).isEqualTo("dev.orderflow.catalog.ProductCreatedEvent");
    assertThat(event.getSubject()).isEqualTo("PROD-ABC");
    assertThat(event.getTime()).isNotNull();
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(event.getData().toBytes()).isEqualTo(record.value());
    assertThat(event.getExtensionNames()).containsExactlyInAnyOrder("sequence", "dataversion");
    assertThat(event.getExtension("sequence")).isEqualTo("0000000000000000007");
    assertThat(event.getExtension("dataversion")).isEqualTo("2");
    // Whatever the specification demands of an event, its builder checks.
    assertThat(CloudEventBuilder.v1(event).build()).isEqualTo(event);
  }

  /** The rules of CloudEvents 1.0 for names, and RFC 3339 for the time. */
  @Test
  void every_attribute_has_a_name_and_a_form_as_cloud_events_have_them() {
    for (var header : published(0).headers()) {
      assertThat(header.key()).matches("ce_[a-z0-9]{1,20}|content-type");
      assertThat(new String(header.value(), UTF_8)).isNotEmpty().doesNotContain("\u0000");
    }
    assertThat(header(published(0), "ce_time"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  }

  /** The extension asks for sequences that compare as texts. */
  @Test
  void sequences_compare_as_texts_like_the_numbers_that_they_are() {
    var texts =
        LongStream.of(0, 1, 9, 10, 99, 100, 2_147_483_648L, 999_999_999_999_999_999L)
            .mapToObj(sequence -> header(published(sequence), "ce_sequence"))
            .toList();

    assertThat(texts).isSorted().doesNotHaveDuplicates();
    assertThat(texts.stream().map(Long::parseLong)).isSorted();
  }

  @Test
  void a_record_of_an_earlier_release_counts_without_zeros_in_front() {
    var record = published(10);
    replace(record, "ce_sequence", "10");

    var message = (DomainEventMessage<?>) converter.readKafkaMessage(record).orElseThrow();
    assertThat(message.getSequenceNumber()).isEqualTo(10);
    var padded = (DomainEventMessage<?>) converter.readKafkaMessage(published(10)).orElseThrow();
    assertThat(padded.getSequenceNumber()).isEqualTo(10);
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private ConsumerRecord<String, byte[]> published() {
    return published(0);
  }

  private ConsumerRecord<String, byte[]> published(long sequence) {
    var sent =
        converter.createKafkaMessage(
            new GenericDomainEventMessage<>("Product", "product-PROD-ABC", sequence, CREATED),
            "products");
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
