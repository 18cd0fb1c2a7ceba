package dev.orderflow.platform.postgres;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An array of text, by which a statement takes one value of many rows: {@code unnest(?::text[])}.
 */
public final class TextArray {
  private TextArray() {}

  /** The value of each row, in their order. */
  public static <T> @Nullable String[] of(
      Collection<? extends T> rows, Function<? super T, ? extends @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
