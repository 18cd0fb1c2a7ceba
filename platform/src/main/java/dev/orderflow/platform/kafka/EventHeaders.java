package dev.orderflow.platform.kafka;

import dev.orderflow.api.Alphabet;
import dev.orderflow.platform.serialization.UsualTime;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
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
  private static final Alphabet WORD = Alphabet.ofLettersDigitsAnd("_");
  private static final int LONGEST_SEQUENCE = 19;
  private static final int LONGEST_REVISION = 9;

  /** Those of a record; of several of one name the last counts. */
  public static EventHeaders of(ConsumerRecord<?, ?> record) {
    String specVersion = null;
    String id = null;
    String type = null;
    String source = null;
    String subject = null;
    String time = null;
    String sequence = null;
    String dataVersion = null;
    String contentType = null;
    for (var header : record.headers()) {
      switch (header.key()) {
        case "ce_specversion" -> specVersion = text(header);
        case "ce_id" -> id = text(header);
        case "ce_type" -> type = text(header);
        case "ce_source" -> source = text(header);
        case "ce_subject" -> subject = text(header);
        case "ce_time" -> time = text(header);
        case "ce_sequence" -> sequence = text(header);
        case "ce_dataversion" -> dataVersion = text(header);
        case "content-type" -> contentType = text(header);
        default -> {}
      }
    }
    return new EventHeaders(
        specVersion, id, type, source, subject, time, sequence, dataVersion, contentType);
  }

  static @Nullable String text(@Nullable Header header) {
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
    if (type == null || !isType(type)) {
      return Optional.of("ce_type is no type of ours");
    }
    if (source == null || !isContextOf(type, source)) {
      return Optional.of("ce_source is not the context of ce_type");
    }
    if (id == null || id.isEmpty()) {
      return Optional.of("ce_id is missing");
    }
    if (subject == null || subject.isEmpty()) {
      return Optional.of("ce_subject is missing");
    }
    if (sequence == null || !isSequence(sequence)) {
      return Optional.of("ce_sequence is no number");
    }
    if (dataVersion == null || !isRevision(dataVersion)) {
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

  /** The prefix, a context in small letters, and the name of a class. */
  private static boolean isType(String text) {
    var dot = text.indexOf('.', TYPE_PREFIX.length());
    return text.startsWith(TYPE_PREFIX)
        && dot > TYPE_PREFIX.length()
        && text.length() > dot + 1
        && Alphabet.SMALL.spells(text, TYPE_PREFIX.length(), dot)
        && Alphabet.CAPITALS.spells(text, dot + 1, dot + 2)
        && WORD.spells(text, dot + 1, text.length());
  }

  private static boolean isContextOf(String type, String source) {
    var length = source.length() - SOURCE_PREFIX.length();
    return length == type.lastIndexOf('.') - TYPE_PREFIX.length()
        && source.startsWith(SOURCE_PREFIX)
        && source.regionMatches(SOURCE_PREFIX.length(), type, TYPE_PREFIX.length(), length);
  }

  /** Of a record of any release: padded with zeros, or not. */
  private static boolean isSequence(String text) {
    return !text.isEmpty()
        && (text.length() < LONGEST_SEQUENCE
            || (text.length() == LONGEST_SEQUENCE && text.charAt(0) == '0'))
        && Alphabet.DIGITS.spells(text, 0, text.length());
  }

  private static boolean isRevision(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_REVISION
        && text.charAt(0) != '0'
        && Alphabet.DIGITS.spells(text, 0, text.length());
  }

  private static boolean isTime(@Nullable String text) {
    try {
      return text != null && (UsualTime.parse(text) != null || OffsetDateTime.parse(text) != null);
    } catch (DateTimeException _) {
      return false;
    }
  }

  /** Parameters do not matter: JSON is in UTF-8 (RFC 8259). */
  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && (contentType.equals(JSON)
            || contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON));
  }

  /** Names the aggregate among all aggregates of all types. */
  public String aggregateId() {
    return context() + "-" + text(subject);
  }

  /** The place of the event among those of its aggregate. */
  public long place() {
    return Long.parseLong(text(sequence));
  }

  /** The revision of the event's form. */
  public int revision() {
    return Integer.parseInt(text(dataVersion));
  }

  /** The context that the event comes from. */
  String context() {
    var name = name();
    return name.substring(0, name.indexOf('.'));
  }

  /** The name of the event's class here, if this release has it. */
  public String className() {
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
