package dev.orderflow.commandside.imports;

import com.google.common.hash.Hashing;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.orderflow.platform.error.RequestCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
  private static final CsvReaderBuilder CSV =
      CsvReader.builder()
          .detectBomHeader(true)
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
    var check = new RequestCheck();
    var lines = new ArrayList<CsvLine>();
    var read = 0L;
    try (var records = CSV.ofCsvRecord(new ByteArrayInputStream(content)).iterator()) {
      var columns = records.hasNext() ? records.next().getFields() : List.<String>of();
      requireColumns(columns, required, optional, check);
      while (records.hasNext()) {
        var line = line(records.next(), columns);
        read = line.number();
        lines.add(line);
      }
    } catch (CsvParseException _) {
      check.violated(FILE, "cannot be read after line %d".formatted(Math.max(read, 1)));
    } catch (IOException e) {
      throw new UncheckedIOException("of bytes in memory", e);
    }
    if (lines.size() > MOST_LINES) {
      check.violated(FILE, "must have at most %d lines; send several".formatted(MOST_LINES));
    }
    var hash = Hashing.sha256().hashBytes(content).toString().substring(0, HASH_DIGITS);
    return check.orThrow(() -> new CsvFile(List.copyOf(lines), hash));
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

  private static CsvLine line(CsvRecord record, List<String> columns) {
    var values = new HashMap<String, String>();
    for (var i = 0; i < Math.min(columns.size(), record.getFieldCount()); i++) {
      values.put(columns.get(i), record.getField(i));
    }
    return new CsvLine(
        record.getStartingLineNumber(), values, record.getFieldCount() == columns.size());
  }
}
