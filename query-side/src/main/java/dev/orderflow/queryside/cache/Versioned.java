package dev.orderflow.queryside.cache;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is under a key.
 *
 * @param version only grows while the value changes; 0 when there was never anything
 * @param value null when there is nothing to show
 */
public record Versioned<V>(long version, @Nullable V value) {
  /** Nothing to show. */
  public static <V> Versioned<V> nothing(long version) {
    return new Versioned<>(version, null);
  }

  /** The value, if there is one. */
  public Optional<V> shown() {
    return Optional.ofNullable(value);
  }
}
