package dev.orderflow.queryside.cache;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table {@code owed_key}, in the database of the source: written in the transactions that
 * change it, so that what is owed is known however a process ends.
 */
final class OwedKeyTable implements OwedKeys {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final String cache;

  /**
   * @param cache which one the rows are of
   */
  OwedKeyTable(JdbcClient jdbc, TransactionTemplate transaction, String cache) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.cache = cache;
  }

  /** Inside the transaction that changes the keys to these versions. */
  void owe(SortedMap<String, Long> versions) {
    jdbc.sql(
            """
            INSERT INTO owed_key (cache, key, version, since)
            SELECT ?, key, version, clock_timestamp() FROM unnest(?, ?) AS owed (key, version)
            ORDER BY key COLLATE "C"
            ON CONFLICT (cache, key) DO UPDATE SET version = greatest(owed_key.version, EXCLUDED.version)\
            """)
        .params(cache, texts(versions.keySet()), numbers(versions.values()))
        .update();
  }

  @Override
  public List<Owed> oldest(int count) {
    return jdbc.sql(
            """
            SELECT key, since, statement_timestamp() AS seen
            FROM owed_key WHERE cache = ? ORDER BY since LIMIT ?\
            """)
        .params(cache, count)
        .query(
            (row, _) -> new Owed(row.getString("key"), instant(row, "since"), instant(row, "seen")))
        .list();
  }

  @Override
  public void settle(SortedMap<String, Long> versions, Instant readAfter) {
    transaction.executeWithoutResult(_ -> {
      var keys = texts(versions.keySet());
      var settled = new ArrayList<String>();
      var newer = new ArrayList<String>();
      jdbc.sql(
              """
              SELECT key, version FROM owed_key WHERE cache = ? AND key = ANY (?)
              ORDER BY key FOR UPDATE\
              """)
          .params(cache, keys)
          .query((row, _) -> Map.entry(row.getString("key"), row.getLong("version")))
          .list()
          .forEach(owed ->
              (owed.getValue() <= versions.getOrDefault(owed.getKey(), 0L) ? settled : newer)
                  .add(owed.getKey()));
      jdbc.sql("DELETE FROM owed_key WHERE cache = ? AND key = ANY (?)")
          .params(cache, texts(settled))
          .update();
      jdbc.sql(
              """
              UPDATE owed_key SET since = greatest(since, ?)
              WHERE cache = ? AND key = ANY (?)\
              """)
          .params(readAfter.atOffset(ZoneOffset.UTC), cache, texts(newer))
          .update();
    });
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static SqlArrayValue texts(Collection<String> values) {
    return new SqlArrayValue("text", values.toArray());
  }

  private static SqlArrayValue numbers(Collection<Long> values) {
    return new SqlArrayValue("bigint", values.toArray());
  }
}
