package dev.orderflow.platform.serialization;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A time in the form in which we write it, {@code 2026-01-31T23:59:59.123456Z}: ten times as fast
 * to read as any form of the standard (ISO 8601), and most of what is read.
 */
public final class UsualTime {
  private static final String FORM = "0000-00-00T00:00:00";
  private static final int NANO_DIGITS = 9;

  private UsualTime() {}

  /** The time; null when it is of another form, or none. */
  public static @Nullable Instant parse(String text) {
    var end = text.length() - 1;
    if (end < FORM.length() || text.charAt(end) != 'Z' || !hasForm(text)) {
      return null;
    }
    var nanos = nanos(text, end);
    if (nanos < 0) {
      return null;
    }
    try {
      return LocalDateTime.of(
              number(text, 0, 4),
              number(text, 5, 2),
              number(text, 8, 2),
              number(text, 11, 2),
              number(text, 14, 2),
              number(text, 17, 2),
              nanos)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static boolean hasForm(String text) {
    for (var i = 0; i < FORM.length(); i++) {
      var form = FORM.charAt(i);
      if (form == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != form) {
        return false;
      }
    }
    return true;
  }

  /** Below zero when it is no fraction. */
  private static int nanos(String text, int end) {
    if (end == FORM.length()) {
      return 0;
    }
    var digits = end - FORM.length() - 1;
    if (text.charAt(FORM.length()) != '.' || digits < 1 || digits > NANO_DIGITS) {
      return -1;
    }
    var nanos = 0;
    for (var i = 1; i <= NANO_DIGITS; i++) {
      var c = i > digits ? '0' : text.charAt(FORM.length() + i);
      if (!isDigit(c)) {
        return -1;
      }
      nanos = nanos * 10 + c - '0';
    }
    return nanos;
  }

  private static int number(String text, int at, int digits) {
    var number = 0;
    for (var i = at; i < at + digits; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Reads a time of any form. */
  static final class Deserializer extends StdDeserializer<Instant> {
    Deserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      var time = json.hasToken(JsonToken.VALUE_STRING) ? parse(json.getText()) : null;
      return time == null ? InstantDeserializer.INSTANT.deserialize(json, context) : time;
    }
  }
}
