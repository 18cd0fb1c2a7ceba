package dev.orderflow.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
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
  private static final String USUAL_TIME = "0000-00-00T00:00:00";
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
    if (!(SOURCE_PREFIX + context()).equals(source)) {
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
        && all(text, TYPE_PREFIX.length(), dot, c -> c >= 'a' && c <= 'z')
        && text.charAt(dot + 1) >= 'A'
        && text.charAt(dot + 1) <= 'Z'
        && all(text, dot + 1, text.length(), EventHeaders::isWord);
  }

  private static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Of a record of any release: padded with zeros, or not. */
  private static boolean isSequence(String text) {
    return !text.isEmpty()
        && (text.length() < LONGEST_SEQUENCE
            || (text.length() == LONGEST_SEQUENCE && text.charAt(0) == '0'))
        && all(text, 0, text.length(), EventHeaders::isDigit);
  }

  private static boolean isRevision(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_REVISION
        && text.charAt(0) != '0'
        && all(text, 0, text.length(), EventHeaders::isDigit);
  }

  private static boolean all(String text, int from, int to, IntPredicate allowed) {
    for (var i = from; i < to; i++) {
      if (!allowed.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTime(@Nullable String text) {
    try {
      return text != null && (isUsualTime(text) || OffsetDateTime.parse(text) != null);
    } catch (DateTimeException _) {
      return false;
    }
  }

  /** In the form that we write, which is ten times as fast to tell as to parse. */
  private static boolean isUsualTime(String text) {
    var end = text.length() - 1;
    return end >= USUAL_TIME.length()
        && text.charAt(end) == 'Z'
        && hasUsualShape(text)
        && isWithin(text, 5, 1, 12)
        && isWithin(text, 8, 1, 28)
        && isWithin(text, 11, 0, 23)
        && isWithin(text, 14, 0, 59)
        && isWithin(text, 17, 0, 59)
        && isFraction(text, USUAL_TIME.length(), end);
  }

  private static boolean hasUsualShape(String text) {
    for (var i = 0; i < USUAL_TIME.length(); i++) {
      var usual = USUAL_TIME.charAt(i);
      if (usual == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != usual) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithin(String text, int at, int least, int most) {
    var number = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    return number >= least && number <= most;
  }

  private static boolean isFraction(String text, int from, int to) {
    return from == to
        || (text.charAt(from) == '.'
            && to - from > 1
            && to - from <= 10
            && all(text, from + 1, to, EventHeaders::isDigit));
  }

  /** Parameters do not matter: JSON is in UTF-8 (RFC 8259). */
  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && (contentType.equals(JSON)
            || contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON));
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
