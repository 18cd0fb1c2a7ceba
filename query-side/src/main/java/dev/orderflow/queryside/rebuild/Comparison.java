package dev.orderflow.queryside.rebuild;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Compares a generation with the one that serves, row by row, while both go on taking in events.
 * Each step is one statement, and so sees both at one moment. Rows that have taken in the same
 * events must be the same. The others are looked at again until they have, or until both
 * generations have read the same: then they should have.
 *
 * <p>Used by one thread.
 */
final class Comparison {
  private static final int ROWS_PER_STEP = 20_000;

  private final JdbcClient jdbc;
  private final RebuildableProjection projection;
  private final int serving;
  private final int built;
  private final TreeSet<String> pending = new TreeSet<>();
  private @Nullable String after;
  private boolean readThrough;
  private long compared;
  private long differing;
  private @Nullable String first;

  /** Of two generations of a projection; nothing is compared yet. */
  Comparison(JdbcClient jdbc, RebuildableProjection projection, int serving, int built) {
    this.jdbc = jdbc;
    this.projection = projection;
    this.serving = serving;
    this.built = built;
  }

  boolean isOf(int serving, int built) {
    return this.serving == serving && this.built == built;
  }

  /**
   * Goes on.
   *
   * @param topicIds of the topics there are now
   * @return the outcome; empty when there is more to do
   */
  Optional<ComparisonOutcome> step(Collection<UUID> topicIds) {
    if (readThrough) {
      lookAgain(topicIds);
    } else {
      readOn(topicIds);
    }
    if (!readThrough || !pending.isEmpty()) {
      return Optional.empty();
    }
    var state = differing == 0 ? ComparisonOutcome.State.EQUAL : ComparisonOutcome.State.DIFFERENT;
    return Optional.of(new ComparisonOutcome(state, compared, differing, first));
  }

  private void readOn(Collection<UUID> topicIds) {
    var begin = Objects.requireNonNullElse(after, "");
    var end =
        jdbc.sql(
                "SELECT %1$s FROM %2$s WHERE %1$s > ? ORDER BY %1$s OFFSET ? LIMIT 1"
                    .formatted(projection.keyColumn(), projection.table()))
            .params(begin, ROWS_PER_STEP)
            .query(String.class)
            .optional();
    var range = projection.keyColumn() + " > ?" + (end.isPresent() ? " AND %s <= ?" : "");
    var condition = range.formatted(projection.keyColumn());
    var parameters = new ArrayList<Object>(List.of(begin));
    end.ifPresent(parameters::add);
    for (var pair : pairs(condition, parameters, topicIds)) {
      judge(pair);
    }
    compared += count(condition, parameters);
    after = end.orElse(null);
    readThrough = end.isEmpty();
  }

  private void lookAgain(Collection<UUID> topicIds) {
    var keys = List.<Object>of(new SqlArrayValue("text", pending.toArray()));
    pending.clear();
    for (var pair : pairs(projection.keyColumn() + " = ANY (?)", keys, topicIds)) {
      judge(pair);
    }
  }

  private void judge(Pair pair) {
    if (pair.isPending()) {
      pending.add(pair.key());
      return;
    }
    differing++;
    if (first == null || pair.text().compareTo(first) < 0) {
      first = pair.text();
    }
  }

  private long count(String condition, List<Object> parameters) {
    return jdbc.sql("SELECT count(*) FROM %s WHERE %s".formatted(projection.table(), condition))
        .params(parameters)
        .query(Long.class)
        .single();
  }

  /** The rows that are not the same in both. */
  private List<Pair> pairs(String condition, List<Object> parameters, Collection<UUID> topicIds) {
    var all = new ArrayList<>(List.<Object>of(projection.name(), serving));
    all.addAll(List.of(projection.name(), built, new SqlArrayValue("uuid", topicIds.toArray())));
    all.addAll(parameters);
    all.addAll(parameters);
    return jdbc.sql(
            """
            WITH standing AS (
              SELECT coalesce(bool_and(coalesce(served.next_offset, 0) = coalesce(built.next_offset, 0)), true) AS equal
              FROM (SELECT * FROM projection_position WHERE projection = ? AND generation = ?) served
              FULL JOIN (SELECT * FROM projection_position WHERE projection = ? AND generation = ?) built
                USING (topic_id, partition)
              WHERE topic_id = ANY (?))
            SELECT coalesce(served.%1$s, built.%1$s) AS key,
              NOT standing.equal AND (%2$s) AS pending,
              (SELECT string_agg(format('%%s is %%s and after a replay %%s', name,
                  coalesce(shown.value, 'missing'), coalesce(made.value, 'missing')), ', ' ORDER BY name)
                FROM jsonb_each_text(to_jsonb(served)) AS shown (name, value)
                FULL JOIN jsonb_each_text(to_jsonb(built)) AS made (name, value) USING (name)
                WHERE shown.value IS DISTINCT FROM made.value) AS difference
            FROM standing,
              (SELECT * FROM %3$s WHERE %5$s) served
              FULL JOIN (SELECT * FROM %4$s WHERE %5$s) built ON built.%1$s = served.%1$s
            WHERE served IS DISTINCT FROM built ORDER BY 1\
            """
                .formatted(
                    projection.keyColumn(),
                    unequal(projection.sequenceColumns()),
                    projection.table(),
                    Generations.table(projection, built),
                    condition))
        .params(all)
        .query((row, _) ->
            new Pair(row.getString("key"), row.getBoolean("pending"), row.getString("difference")))
        .list();
  }

  private static String unequal(List<String> columns) {
    return String.join(
        " OR ",
        columns.stream()
            .map(column -> "served.%1$s IS DISTINCT FROM built.%1$s".formatted(column))
            .toList());
  }

  private record Pair(String key, boolean isPending, String difference) {
    String text() {
      return key + ": " + difference;
    }
  }
}
