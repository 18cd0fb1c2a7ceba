package dev.orderflow.platform.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * How a REST call carries the caller's name for it, after the IETF draft "The Idempotency-Key HTTP
 * Header Field".
 */
public final class IdempotencyHeaders {
  /** Of a request: the name. */
  public static final String KEY = "Idempotency-Key";

  /** What the name is for, whatever it names. */
  public static final String MEANING =
      "The caller's name for this request, which takes effect once.";

  /** What the name looks like: the longest that is taken anywhere. */
  public static final String FORM = "[!-~]{1,210}";

  /** Of an answer: {@code true} when an earlier call of that name has done it. */
  public static final String REPLAYED = "Idempotent-Replayed";

  private IdempotencyHeaders() {}

  /** The header is a string in double quotes by its specification; many clients leave them out. */
  public static @Nullable String unquoted(@Nullable String header) {
    return header != null && header.length() > 1 && header.startsWith("\"") && header.endsWith("\"")
        ? header.substring(1, header.length() - 1)
        : header;
  }
}
