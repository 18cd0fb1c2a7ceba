package dev.orderflow.queryside.rebuild;

import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Compares what serves with what was built, row by row, in two steps. The first looks at all rows
 * while both go on taking in events, so a row that is not the same may just be a little older. The
 * second looks at those again when both know all events, and lasts so short that nobody minds to
 * wait for it.
 */
@Component
final class Comparison {
  /** Of more rows that are not the same, only so many are looked at again. */
  private static final int MOST = 50_000;

  private final JdbcClient jdbc;

  Comparison(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The rows that are not the same at the moment.
   *
   * @param keys of these, by table
   * @param compared how many rows were looked at
   */
  record Candidates(Map<String, List<String>> keys, long compared) {}

  /** Looks at all rows. */
  Candidates candidates(Projection projection, Tables built) {
    var keys = new HashMap<String, List<String>>();
    var compared = 0L;
    for (var table : projection.tables()) {
      keys.put(
          table,
          jdbc.sql(
                  "SELECT coalesce(served.row_key, built.row_key)"
                      + unequal(table, built, "true")
                      + " LIMIT ?")
              .param(MOST)
              .query((row, _) -> row.getString(1))
              .list());
      compared += jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }
    return new Candidates(keys, compared);
  }

  /** Looks at those rows again, when both sides know all events and go no further. */
  ComparisonOutcome outcome(Projection projection, Tables built, Candidates candidates) {
    var differing = 0L;
    String first = null;
    for (var table : projection.tables()) {
      var keys = candidates.keys().getOrDefault(table, List.of());
      if (!keys.isEmpty()) {
        var found = differences(table, built, keys);
        differing += found.size();
        if (first == null && !found.isEmpty()) {
          first = found.getFirst();
        }
      }
    }
    var state = differing == 0 ? ComparisonOutcome.State.EQUAL : ComparisonOutcome.State.DIFFERENT;
    return new ComparisonOutcome(state, candidates.compared(), differing, first);
  }

  /** In words, in the order of the keys. */
  private List<String> differences(String table, Tables built, List<String> keys) {
    var array = new SqlArrayValue("text", keys.toArray());
    return jdbc.sql(
            """
            SELECT coalesce(served.row_key, built.row_key) || ': ' || (
              SELECT string_agg(format('%s is %s and after a replay %s', name,
                coalesce(shown.value, 'missing'), coalesce(made.value, 'missing')), ', ' ORDER BY name)
              FROM jsonb_each_text(to_jsonb(served) - 'row_key') AS shown (name, value)
              FULL JOIN jsonb_each_text(to_jsonb(built) - 'row_key') AS made (name, value) USING (name)
              WHERE shown.value IS DISTINCT FROM made.value)\
            """
                + unequal(table, built, key(table) + " = ANY (?)")
                + " ORDER BY 1")
        .params(array, array)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private String unequal(String table, Tables built, String condition) {
    return """
     FROM (SELECT *, %1$s AS row_key FROM %2$s WHERE %4$s) served
      FULL JOIN (SELECT *, %1$s AS row_key FROM %3$s WHERE %4$s) built
      ON built.row_key = served.row_key
    WHERE served IS DISTINCT FROM built\
    """
        .formatted(key(table), table, built.named(table), condition);
  }

  /** The columns of the primary key as one text. */
  private String key(String table) {
    var columns =
        jdbc.sql(
                """
                SELECT quote_ident(attname) FROM pg_index
                  JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
                WHERE indrelid = ?::regclass AND indisprimary ORDER BY attnum\
                """)
            .param(table)
            .query((row, _) -> row.getString(1))
            .list();
    return columns.size() == 1
        ? columns.getFirst()
        : "concat_ws(' ', " + String.join(", ", columns) + ")";
  }
}
