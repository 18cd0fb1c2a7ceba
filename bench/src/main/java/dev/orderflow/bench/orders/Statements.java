package dev.orderflow.bench.orders;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Counts statements by the role that sends them, with {@code BEGIN} and {@code COMMIT}, in the log
 * of PostgreSQL. To write them down costs the server much, so nothing else is measured meanwhile.
 */
final class Statements implements AutoCloseable {
  private static final Pattern STATEMENT =
      Pattern.compile("^role=(?<role>\\w+) LOG:  (?:execute|statement|fastpath)\\b");
  private static final String BENCH = "postgres";

  private final Connection database;
  private final Path log;

  /** From now on they are written down. */
  Statements(Connection database, Path log) throws SQLException {
    this.database = database;
    this.log = log;
    execute("ALTER SYSTEM SET log_line_prefix = 'role=%u '");
    execute("ALTER SYSTEM SET log_statement = 'all'");
    execute("SELECT pg_reload_conf()");
  }

  /** Where the log ends now. */
  long position() throws IOException {
    return Files.size(log);
  }

  /** How many each role has sent since. */
  Map<String, Integer> since(long position) throws IOException {
    var counts = new TreeMap<String, Integer>();
    try (var file = FileChannel.open(log).position(position);
        var lines = Channels.newReader(file, StandardCharsets.UTF_8);
        var reader = new BufferedReader(lines)) {
      reader
          .lines()
          .map(STATEMENT::matcher)
          .filter(line -> line.find() && !line.group("role").equals(BENCH))
          .forEach(line -> counts.merge(line.group("role"), 1, Integer::sum));
    }
    return counts;
  }

  @Override
  public void close() throws SQLException {
    execute("ALTER SYSTEM RESET log_statement");
    execute("ALTER SYSTEM RESET log_line_prefix");
    execute("SELECT pg_reload_conf()");
  }

  private void execute(String command) throws SQLException {
    try (var statement = database.createStatement()) {
      statement.execute(command);
    }
  }
}
