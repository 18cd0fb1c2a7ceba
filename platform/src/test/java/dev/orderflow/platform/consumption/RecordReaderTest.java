package dev.orderflow.platform.consumption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.serialization.EventJson;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Currency;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records are events of ours, which will be, and which never are. */
class RecordReaderTest {
  private static final String LATER_TYPE = "dev.orderflow.catalog.ProductRenamedEvent";
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
  private final RecordReader reader = new RecordReader(converter);

  @Test
  void what_we_publish_is_an_event_with_its_place_in_its_history() {
    assertThat(reader.read(published()))
        .isEqualTo(new Reading.Event(new SequencedEvent(CREATED, "catalog-PROD-ABC", 7)));
  }

  @Test
  void a_record_without_a_value_a_key_or_headers_is_foreign() {
    assertForeign(with(published(), "products", "PROD-ABC", (byte[]) null), "value");
    assertForeign(with(published(), "products", null, valueOf(published())), "key");
    assertForeign(new ConsumerRecord<>("products", 0, 0, "PROD-ABC", "{}".getBytes(UTF_8)), "ce_");
  }

  @ParameterizedTest
  @CsvSource({
    "ce_specversion,",
    "ce_specversion, 0.3",
    "ce_id,",
    "ce_id, ''",
    "ce_type,",
    "ce_type, com.example.ProductCreatedEvent",
    "ce_type, dev.orderflow.ProductCreatedEvent",
    "ce_type, dev.orderflow.catalog.",
    "ce_type, dev.orderflow.catalog.ProductId",
    "ce_source,",
    "ce_source, https://example.com/shop",
    "ce_source, /orderflow/ordering",
    "ce_subject,",
    "ce_time,",
    "ce_time, yesterday",
    "ce_time, 2026-13-01T10:00:00Z",
    "ce_time, 2026-02-30T10:00:00Z",
    "ce_time, 2026-02-28T24:00:00Z",
    "ce_time, 2026-02-28T10:60:00Z",
    "ce_time, 2026-02-28T10:00:00.1234567890Z",
    "ce_time, 2026-02-28T10:00:00",
    "ce_sequence,",
    "ce_sequence, -1",
    "ce_sequence, first",
    "ce_sequence, 99999999999999999999",
    "ce_dataversion,",
    "ce_dataversion, latest",
    "content-type,",
    "content-type, application/avro",
    "content-type, application/cloudevents+json"
  })
  void a_record_whose_headers_are_not_those_of_an_event_of_ours_is_foreign(
      String header, @Nullable String value) {
    assertThat(reader.read(replaced(published(), header, value)))
        .isInstanceOf(Reading.Foreign.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-28T10:00:00Z",
        "2026-01-31T23:59:59.123456789Z",
        "2024-02-29T00:00Z",
        "2026-02-28T10:00:00.5+07:00"
      })
  void a_time_of_any_form_of_the_standard_is_one(String time) {
    assertThat(reader.read(replaced(published(), "ce_time", time)))
        .isInstanceOf(Reading.Event.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "[]", "null", "5", "{\"productId\":", "{} {}", "\u0000"})
  void a_record_whose_value_is_no_object_is_foreign(String value) {
    assertForeign(withValue(_ -> value), "Its ");
    assertForeign(replaced(withValue(_ -> value), "ce_type", LATER_TYPE), "value");
  }

  /** What two programs would take for two events is none. */
  @Test
  void a_record_that_names_a_field_twice_is_foreign() {
    var twice = withValue(value -> value.replaceFirst("\\{", "{\"name\":\"Pot\","));

    assertForeign(twice, "value");
    assertForeign(replaced(twice, "ce_type", LATER_TYPE), "value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00e9", "\u00c3"})
  void a_record_whose_bytes_are_not_utf_8_is_foreign(String bytes) {
    var value = valueOf(published()).replace("Kettle", bytes).getBytes(ISO_8859_1);

    assertForeign(with(published(), "products", "PROD-ABC", value), "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void a_record_in_another_encoding_is_foreign(String charset) {
    var value = valueOf(published()).getBytes(Charset.forName(charset));

    assertForeign(with(published(), "products", "PROD-ABC", value), "UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"name\":\"Kettle\",|                    | name",
        "\"name\":\"Kettle\"|\"name\":null        | name",
        "\"name\":\"Kettle\"|\"name\":5           | name",
        "\"priceVersion\":1,|                     | priceVersion",
        "\"priceVersion\":1|\"priceVersion\":\"1\"| priceVersion",
        "\"priceVersion\":1|\"priceVersion\":1.5  | priceVersion",
        "\"price\":50000.0|\"price\":\"much\"     | price",
        "\"active\":true|\"active\":\"yes\"       | active",
        "\"currency\":\"VND\"|\"currency\":\"ZZ9\"| currency",
        "\"productId\":\"PROD-ABC\"|\"productId\":\"a b/c\"| productId",
        "\"timestamp\":\"2024-07-31T10:00:00Z\"|\"timestamp\":\"noon\"| timestamp"
      })
  void a_record_with_a_missing_or_wrong_field_is_foreign_and_the_field_is_named(
      String field, @Nullable String instead, String name) {
    var without = instead == null ? "" : instead;

    var reading = reader.read(withValue(value -> value.replace(field, without)));

    assertThat(reading)
        .isEqualTo(new Reading.Foreign("Its field " + name + " is missing or wrong"));
  }

  @Test
  void an_event_in_the_topic_or_under_the_key_of_another_is_foreign() {
    var value = valueOf(published());
    assertForeign(with(published(), "orders", "PROD-ABC", value), "topic");
    assertForeign(with(published(), "products", "PROD-XYZ", value), "key");
  }

  @Test
  void what_a_later_release_wrote_is_waited_for() {
    assertThat(reader.read(replaced(published(), "ce_type", LATER_TYPE)))
        .isInstanceOf(Reading.Later.class);
    var changed = withValue(value -> value.replace("\"active\":true", "\"active\":\"SOON\""));
    assertThat(reader.read(replaced(changed, "ce_dataversion", "3")))
        .isInstanceOf(Reading.Later.class);
  }

  @Test
  void what_an_earlier_release_wrote_is_read_as_the_present_one_writes_it() {
    var earlier = withValue(value -> value.replace(",\"active\":true", ""));

    assertThat(reader.read(replaced(earlier, "ce_dataversion", "1")))
        .isEqualTo(new Reading.Event(new SequencedEvent(CREATED, "catalog-PROD-ABC", 7)));
  }

  @Test
  void a_later_revision_that_can_be_read_is_read() {
    var more = withValue(value -> value.replaceFirst("\\{", "{\"colour\":\"red\","));
    assertThat(reader.read(replaced(more, "ce_dataversion", "3")))
        .isInstanceOf(Reading.Event.class);
  }

  private void assertForeign(ConsumerRecord<String, byte[]> record, String reason) {
    assertThat(reader.read(record))
        .isInstanceOfSatisfying(
            Reading.Foreign.class, foreign -> assertThat(foreign.reason()).contains(reason));
  }

  private ConsumerRecord<String, byte[]> published() {
    var sent =
        converter.createKafkaMessage(
            new GenericDomainEventMessage<>("Product", "product-PROD-ABC", 7, CREATED), "products");
    var record = new ConsumerRecord<>("products", 0, 0, sent.key(), sent.value());
    sent.headers().forEach(record.headers()::add);
    return record;
  }

  private static String valueOf(ConsumerRecord<?, byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  private ConsumerRecord<String, byte[]> withValue(UnaryOperator<String> change) {
    var record = published();
    return with(record, "products", record.key(), change.apply(valueOf(record)));
  }

  private static ConsumerRecord<String, byte[]> with(
      ConsumerRecord<String, byte[]> record, String topic, @Nullable String key, String value) {
    return with(record, topic, key, value.getBytes(UTF_8));
  }

  private static ConsumerRecord<String, byte[]> with(
      ConsumerRecord<String, byte[]> record,
      String topic,
      @Nullable String key,
      byte @Nullable [] value) {
    var other = new ConsumerRecord<String, byte[]>(topic, 0, 0, key, value);
    record.headers().forEach(other.headers()::add);
    return other;
  }

  private static ConsumerRecord<String, byte[]> replaced(
      ConsumerRecord<String, byte[]> record, String header, @Nullable String value) {
    record.headers().remove(header);
    if (value != null) {
      record.headers().add(header, value.getBytes(UTF_8));
    }
    return record;
  }
}
