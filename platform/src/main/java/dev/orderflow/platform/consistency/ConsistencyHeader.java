package dev.orderflow.platform.consistency;

import dev.orderflow.api.InvalidValueException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header that a write answers with, and that a read sends back to see the write. A read may
 * send those of several writes, with commas between them.
 */
public final class ConsistencyHeader {
  /** Its name, over HTTP. */
  public static final String NAME = "Orderflow-Consistency";

  /** How many writes a read may name. */
  public static final int MAX_MARKS = 10;

  private ConsistencyHeader() {}

  /**
   * Reads what a caller sent.
   *
   * @param value null when the caller sent none
   * @return in the order of the request; empty when there is none
   * @throws InvalidValueException when a part of it is no token of ours, or there are too many
   */
  public static List<ConsistencyToken> read(@Nullable String value) {
    if (value == null) {
      return List.of();
    }
    var texts = value.split(",", MAX_MARKS + 1);
    if (texts.length > MAX_MARKS) {
      throw invalid();
    }
    return Arrays.stream(texts).map(text -> ConsistencyToken.read(text.strip())).toList();
  }

  static InvalidValueException invalid() {
    return new InvalidValueException(
        NAME,
        "must be the header of a write's answer as it came, or up to %d of them with commas between"
                .formatted(MAX_MARKS)
            + " them; or leave it out");
  }
}
