package dev.orderflow.commandside.imports;

import com.google.common.hash.Hashing;
import dev.orderflow.platform.error.RequestCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of comma-separated values after RFC 4180, in UTF-8, with or without a byte order mark,
 * with any line ends. The first line names the columns, in any order. Empty lines count for
 * nothing.
 *
 * @param lines below the header
 * @param hash tells it from other files
 */
public record CsvFile(List<CsvLine> lines, String hash) {
  private static final String FILE = "file";
  private static final int MOST_LINES = 10_000;
  private static final int HASH_DIGITS = 16;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Reads one.
   *
   * @param content UTF-8
   * @param required columns that must be there
   * @param optional columns that may be missing
   * @throws dev.orderflow.platform.error.InvalidRequestException names the columns that are
   *     missing, not known or there twice, or the line from which on it cannot be read
   */
  public static CsvFile read(byte[] content, Set<String> required, Set<String> optional) {
    var text = new String(content, StandardCharsets.UTF_8);
    var check = new RequestCheck();
    try (var parser =
        CSVParser.parse(
            text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text,
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get())) {
      var records = parser.iterator();
      var columns = new ArrayList<String>();
      var lines = new ArrayList<CsvLine>();
      try {
        if (records.hasNext()) {
          columns.addAll(records.next().toList());
        }
        requireColumns(columns, required, optional, check);
        lines.addAll(lines(parser, records, columns));
      } catch (UncheckedIOException _) {
        check.violated(FILE, "cannot be read from line %d on".formatted(line(parser)));
      }
      if (lines.size() > MOST_LINES) {
        check.violated(FILE, "must have at most %d lines; send several".formatted(MOST_LINES));
      }
      var hash = Hashing.sha256().hashBytes(content).toString().substring(0, HASH_DIGITS);
      return check.orThrow(() -> new CsvFile(List.copyOf(lines), hash));
    } catch (IOException e) {
      throw new UncheckedIOException("of a text in memory", e);
    }
  }

  private static void requireColumns(
      List<String> columns, Set<String> required, Set<String> optional, RequestCheck check) {
    for (var name : required) {
      if (!columns.contains(name)) {
        check.violated(name, "is missing: the first line must name this column");
      }
    }
    var seen = new HashSet<String>();
    for (var name : columns) {
      if (!required.contains(name) && !optional.contains(name)) {
        check.violated(name, "is no column that is known here; take it out");
      } else if (!seen.add(name)) {
        check.violated(name, "must be one column only");
      }
    }
    check.orThrow(() -> true);
  }

  /** Where a record begins is known only before the parser looks whether there is one. */
  private static List<CsvLine> lines(
      CSVParser parser, Iterator<CSVRecord> records, List<String> columns) {
    var lines = new ArrayList<CsvLine>();
    for (var number = line(parser); records.hasNext(); number = line(parser)) {
      var record = records.next();
      if (record.size() > 1 || !record.get(0).isEmpty()) {
        var values = new HashMap<String, String>();
        for (var i = 0; i < Math.min(columns.size(), record.size()); i++) {
          values.put(columns.get(i), record.get(i));
        }
        lines.add(new CsvLine(number, values, record.size() == columns.size()));
      }
    }
    return lines;
  }

  private static long line(CSVParser parser) {
    return parser.getCurrentLineNumber() + 1;
  }
}
