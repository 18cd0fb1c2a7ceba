package dev.orderflow.commandside.imports;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file below its header.
 *
 * @param number of the first line of text that belongs to it, counted from 1
 * @param values by column
 * @param complete whether it has a value for each column, and none beyond
 */
public record CsvLine(long number, Map<String, String> values, boolean complete) {
  /** What stands in a column; null when that is nothing, or there is no such column. */
  public @Nullable String get(String column) {
    var value = values.get(column);
    return value == null || value.isEmpty() ? null : value;
  }
}
