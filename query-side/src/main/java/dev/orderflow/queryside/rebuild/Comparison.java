package dev.orderflow.queryside.rebuild;

import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Projection.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Compares what serves with what was built, row by row, in two steps. The first looks at all rows
 * while both go on taking in events, so a row that is not the same may just be a little older. The
 * second looks at those again when both know the same events, and lasts so short that nobody minds
 * to wait for it.
 */
@Component
final class Comparison {
  /** Of more rows that are found, only so many are looked at again. */
  private static final int MOST = 50_000;

  private static final String DIFFERENT = "served IS DISTINCT FROM built";

  private final JdbcClient jdbc;

  Comparison(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Rows to look at again.
   *
   * @param keys of these, by table
   * @param compared how many rows were looked at
   */
  record Candidates(Map<String, List<String>> keys, long compared) {}

  /** The rows that are not the same at the moment. */
  Candidates different(Projection<?> projection, int built) {
    return candidates(projection, built, _ -> DIFFERENT);
  }

  /** The rows that were built and are older than those that serve, or missing, at the moment. */
  Candidates older(Projection<?> projection, int built) {
    return candidates(projection, built, Comparison::isOlder);
  }

  private static String isOlder(Table table) {
    return table.version() == null
        ? "built.row_key IS NULL"
        : "built.row_key IS NULL OR built.%1$s < served.%1$s".formatted(table.version());
  }

  private Candidates candidates(
      Projection<?> projection, int built, Function<Table, String> condition) {
    var keys = new HashMap<String, List<String>>();
    var compared = 0L;
    for (var table : projection.tables()) {
      keys.put(
          table.name(),
          jdbc.sql(
                  "SELECT coalesce(served.row_key, built.row_key)"
                      + pairs(table, built, "true")
                      + condition.apply(table)
                      + " LIMIT ?")
              .param(MOST)
              .query((row, _) -> row.getString(1))
              .list());
      compared += jdbc.sql("SELECT count(*) FROM " + table.name()).query(Long.class).single();
    }
    return new Candidates(keys, compared);
  }

  /** Looks at the rows again, when both sides know the same events and go no further. */
  ComparisonOutcome outcome(Projection<?> projection, int built, Candidates candidates) {
    var found = again(projection, built, candidates, _ -> DIFFERENT);
    return found.isEmpty()
        ? new ComparisonOutcome(
            built, ComparisonOutcome.State.EQUAL, candidates.compared(), 0, null)
        : new ComparisonOutcome(
            built,
            ComparisonOutcome.State.DIFFERENT,
            candidates.compared(),
            found.size(),
            found.getFirst());
  }

  /**
   * The first row that is older, in words, when both sides know the same events and go no further.
   */
  Optional<String> firstOlder(Projection<?> projection, int built, Candidates candidates) {
    return again(projection, built, candidates, Comparison::isOlder).stream().findFirst();
  }

  private List<String> again(
      Projection<?> projection,
      int built,
      Candidates candidates,
      Function<Table, String> condition) {
    var found = new ArrayList<String>();
    for (var table : projection.tables()) {
      var keys = candidates.keys().getOrDefault(table.name(), List.of());
      if (!keys.isEmpty()) {
        found.addAll(differences(table, built, keys, condition.apply(table)));
      }
    }
    return found;
  }

  /** In words, in the order of the keys. */
  private List<String> differences(Table table, int built, List<String> keys, String condition) {
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
                + pairs(table, built, key(table) + " = ANY (?)")
                + "("
                + condition
                + ") ORDER BY 1")
        .params(array, array)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** Ends where a condition on both may follow. */
  private String pairs(Table table, int built, String range) {
    return """
     FROM (SELECT *, %1$s AS row_key FROM %2$s WHERE %4$s) served
      FULL JOIN (SELECT *, %1$s AS row_key FROM %3$s WHERE %4$s) built
      ON built.row_key = served.row_key
    WHERE \
    """
        .formatted(key(table), table.name(), Generations.tables(built).named(table.name()), range);
  }

  /** The columns of the primary key as one text. */
  private String key(Table table) {
    var columns =
        jdbc.sql(
                """
                SELECT quote_ident(attname) FROM pg_index
                  JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
                WHERE indrelid = ?::regclass AND indisprimary ORDER BY attnum\
                """)
            .param(table.name())
            .query((row, _) -> row.getString(1))
            .list();
    return columns.size() == 1
        ? columns.getFirst()
        : "concat_ws(' ', " + String.join(", ", columns) + ")";
  }
}
