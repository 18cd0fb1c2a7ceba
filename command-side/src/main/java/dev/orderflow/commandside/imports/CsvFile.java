package dev.orderflow.commandside.imports;

import com.google.common.collect.Sets;
import com.google.common.hash.Hashing;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.orderflow.platform.error.RequestCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * A file of comma-separated values after RFC 4180, in UTF-8, with or without a byte order mark,
 * with any line ends. The first line names the columns, in any order. Empty lines count for
 * nothing.
 *
 * @param lines below the header
 * @param hash of the text without its byte order mark; tells it from other files
 */
public record CsvFile(List<CsvLine> lines, String hash) {
  private static final String FILE = "file";
  private static final int MOST_LINES = 10_000;
  private static final int MOST_NAMED = 10;
  private static final int HASH_DIGITS = 16;
  private static final String MARK = "\uFEFF";
  private static final CsvReaderBuilder CSV =
      CsvReader.builder()
          .allowUnclosedQuote(false)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE);

  /**
   * Reads one.
   *
   * @param content UTF-8
   * @param required columns that must be there
   * @param optional columns that may be missing
   * @throws dev.orderflow.platform.error.InvalidRequestException names the columns that are
   *     missing, not known or there twice, or the line after which it cannot be read
   */
  public static CsvFile read(byte[] content, Set<String> required, Set<String> optional) {
    var decoded = new String(content, StandardCharsets.UTF_8);
    var text = decoded.startsWith(MARK) ? decoded.substring(MARK.length()) : decoded;
    var check = new RequestCheck();
    var lines = new ArrayList<CsvLine>();
    var read = 1L;
    try {
      var records = CSV.ofCsvRecord(text).iterator();
      var columns = records.hasNext() ? records.next().getFields() : List.<String>of();
      requireColumns(columns, required, optional, check);
      while (lines.size() <= MOST_LINES && records.hasNext()) {
        var line = line(records.next(), columns);
        read = line.number();
        lines.add(line);
      }
    } catch (CsvParseException _) {
      check.violated(FILE, "cannot be read after line " + read);
    }
    if (lines.size() > MOST_LINES) {
      check.violated(FILE, "must have at most %d lines; send several".formatted(MOST_LINES));
    }
    var hash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    return check.orThrow(() -> new CsvFile(List.copyOf(lines), hash.substring(0, HASH_DIGITS)));
  }

  private static void requireColumns(
      List<String> columns, Set<String> required, Set<String> optional, RequestCheck check) {
    var known = Sets.union(required, optional);
    for (var name : Sets.difference(required, Set.copyOf(columns))) {
      check.violated(name, "is missing: the first line must name this column");
    }
    for (var name : known) {
      if (Collections.frequency(columns, name) > 1) {
        check.violated(name, "must be one column only");
      }
    }
    columns.stream()
        .filter(name -> !known.contains(name))
        .distinct()
        .limit(MOST_NAMED)
        .forEach(name -> check.violated(name, "is no column that is known here; take it out"));
    check.orThrow(() -> true);
  }

  private static CsvLine line(CsvRecord record, List<String> columns) {
    var values = new HashMap<String, String>();
    for (var i = 0; i < Math.min(columns.size(), record.getFieldCount()); i++) {
      values.put(columns.get(i), record.getField(i));
    }
    return new CsvLine(
        record.getStartingLineNumber(), values, record.getFieldCount() == columns.size());
  }
}
