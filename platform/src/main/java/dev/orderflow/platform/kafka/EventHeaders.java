package dev.orderflow.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a record say of it: the attributes of a CloudEvent in binary mode. They tell
 * events of ours, also those that only a later release knows, from all else.
 */
public record EventHeaders(
    @Nullable String specVersion,
    @Nullable String id,
    @Nullable String type,
    @Nullable String source,
    @Nullable String subject,
    @Nullable String time,
    @Nullable String sequence,
    @Nullable String dataVersion,
    @Nullable String contentType) {
  static final String SPEC_VERSION = "1.0";
  static final String TYPE_PREFIX = "dev.orderflow.";
  static final String SOURCE_PREFIX = "/orderflow/";
  static final String JSON = "application/json";

  /** So that sequences compare as texts like the numbers that they are. */
  static final String SEQUENCE_FORMAT = "%019d";

  private static final String API_PACKAGE = "dev.orderflow.api.";
  private static final Pattern TYPE = Pattern.compile("dev\\.orderflow\\.[a-z]+\\.[A-Z]\\w*");

  /** Of a record of any release: padded with zeros, or not. */
  private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,18}|0[0-9]{18}");

  private static final Pattern DATA_VERSION = Pattern.compile("[1-9][0-9]{0,8}");

  /** Those of a record. */
  public static EventHeaders of(ConsumerRecord<?, ?> record) {
    return new EventHeaders(
        text(record, "ce_specversion"),
        text(record, "ce_id"),
        text(record, "ce_type"),
        text(record, "ce_source"),
        text(record, "ce_subject"),
        text(record, "ce_time"),
        text(record, "ce_sequence"),
        text(record, "ce_dataversion"),
        text(record, "content-type"));
  }

  static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /**
   * Why they are not those of an event of ours; empty when they are. Names the header, and not what
   * is in it.
   */
  public Optional<String> flaw() {
    if (!SPEC_VERSION.equals(specVersion)) {
      return Optional.of("ce_specversion is not " + SPEC_VERSION);
    }
    if (type == null || !TYPE.matcher(type).matches()) {
      return Optional.of("ce_type is no type of ours");
    }
    if (!(SOURCE_PREFIX + context()).equals(source)) {
      return Optional.of("ce_source is not the context of ce_type");
    }
    if (id == null || id.isEmpty()) {
      return Optional.of("ce_id is missing");
    }
    if (subject == null || subject.isEmpty()) {
      return Optional.of("ce_subject is missing");
    }
    if (sequence == null || !SEQUENCE.matcher(sequence).matches()) {
      return Optional.of("ce_sequence is no number");
    }
    if (dataVersion == null || !DATA_VERSION.matcher(dataVersion).matches()) {
      return Optional.of("ce_dataversion is no revision");
    }
    if (!isTime(time)) {
      return Optional.of("ce_time is no time");
    }
    if (!isJson(contentType)) {
      return Optional.of("content-type is not " + JSON);
    }
    return Optional.empty();
  }

  private static boolean isTime(@Nullable String text) {
    try {
      return text != null && OffsetDateTime.parse(text) != null;
    } catch (DateTimeException _) {
      return false;
    }
  }

  /** Parameters do not matter: JSON is in UTF-8 (RFC 8259). */
  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON);
  }

  /** The context that the event comes from. */
  String context() {
    var name = name();
    return name.substring(0, name.indexOf('.'));
  }

  /** The name of the event's class here, if this release has it. */
  String className() {
    return API_PACKAGE + name();
  }

  private String name() {
    return text(type).substring(TYPE_PREFIX.length());
  }

  private static String text(@Nullable String value) {
    if (value == null) {
      throw new IllegalStateException("read before it was looked for flaws");
    }
    return value;
  }
}
