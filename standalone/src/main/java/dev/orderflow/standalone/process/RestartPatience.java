package dev.orderflow.standalone.process;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a process may leave every question unanswered before it is ended and started again. */
public final class RestartPatience {
  /** The variable that sets it, as in {@code 30s}. */
  public static final String VARIABLE = "ORDERFLOW_RESTART_PATIENCE";

  private static final Duration DEFAULT = Duration.ofSeconds(15);
  private static final Duration LEAST = Duration.ofSeconds(10);
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})s");

  private RestartPatience() {}

  /**
   * Reads it.
   *
   * @param value of the variable; null when it is not set
   * @throws StartFailedException when it is no number of seconds, or too small
   */
  public static Duration of(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return DEFAULT;
    }
    var seconds = SECONDS.matcher(value.strip());
    if (seconds.matches()) {
      var patience = Duration.ofSeconds(Long.parseLong(seconds.group(1)));
      if (patience.compareTo(LEAST) >= 0) {
        return patience;
      }
    }
    throw new StartFailedException(
        "%s must be seconds, at least %ds, as in 30s; it is '%s'."
            .formatted(VARIABLE, LEAST.toSeconds(), value));
  }
}
