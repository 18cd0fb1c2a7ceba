package dev.orderflow.queryside.rebuild;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table {@code projection} and the tables of the generations. Every batch holds the row it
 * reads its role from, so a role changes between two batches, never within one.
 */
@Repository
class Generations {
  private static final String ROLES =
      "SELECT serving, building, building_since, last_generation FROM projection WHERE name = ?";
  private static final String NO_LONG_WAIT = "SET LOCAL lock_timeout = '1s'";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  Generations(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  Roles roles(String projection) {
    return roles(projection, "");
  }

  /** The roles, which stay as they are until the transaction ends. */
  Roles held(String projection) {
    return roles(projection, " FOR SHARE");
  }

  /** Starts a rebuild unless there is one. */
  void start(RebuildableProjection projection) {
    changing(
        projection,
        roles -> {
          if (roles.building() != null) {
            return false;
          }
          var next = roles.last() + 1;
          jdbc.sql(
                  "CREATE TABLE %s (LIKE %s INCLUDING ALL) WITH (fillfactor = 80)"
                      .formatted(table(projection, next), projection.table()))
              .update();
          jdbc.sql(
                  """
                  UPDATE projection SET building = ?, last_generation = ?,
                    building_since = clock_timestamp()
                  WHERE name = ?\
                  """)
              .params(next, next, projection.name())
              .update();
          return true;
        });
  }

  /** Ends a rebuild, if there is one, without an effect on what serves. */
  void cancel(RebuildableProjection projection) {
    changing(
        projection,
        _ -> {
          jdbc.sql("UPDATE projection SET building = NULL, building_since = NULL WHERE name = ?")
              .param(projection.name())
              .update();
          return true;
        });
  }

  /**
   * Lets the generation that is being built serve, if it has read all that the serving one has.
   *
   * @param topicIds of the topics there are now
   * @return whether it serves now
   */
  boolean takeOver(RebuildableProjection projection, Collection<UUID> topicIds) {
    return covers(projection, roles(projection.name()), topicIds)
        && changing(
            projection,
            roles -> {
              if (roles.building() == null || !covers(projection, roles, topicIds)) {
                return false;
              }
              var differing = differing(projection, roles.building());
              if (differing.stream().anyMatch(row -> row.built() < row.served())) {
                return false;
              }
              var newer = new TreeMap<String, Long>();
              differing.forEach(row -> newer.put(row.key(), row.built()));
              replace(projection, roles.serving(), roles.building());
              projection.announce(newer);
              return true;
            });
  }

  /** Drops the tables and positions of generations that are neither serving nor being built. */
  void sweep(RebuildableProjection projection) {
    var seen = roles(projection.name());
    if (left(projection, seen).isEmpty()) {
      return;
    }
    // Not while the roles are locked: a batch holds its position before it asks for its role.
    jdbc.sql(
            """
            DELETE FROM projection_position
            WHERE projection = ? AND generation <= ? AND NOT generation = ANY (?)\
            """)
        .params(projection.name(), seen.last(), new SqlArrayValue("int", seen.fed().toArray()))
        .update();
    changing(
        projection,
        roles -> {
          left(projection, roles).forEach(table -> jdbc.sql("DROP TABLE " + table).update());
          return true;
        });
  }

  /** The table that a generation has unless it serves. */
  static String table(RebuildableProjection projection, int generation) {
    return projection.table() + "_g" + generation;
  }

  private Collection<String> left(RebuildableProjection projection, Roles roles) {
    return jdbc.sql(
            """
            SELECT tablename FROM pg_tables
            WHERE schemaname = current_schema() AND tablename ~ ? AND tablename <> ?\
            """)
        .params(
            "^" + projection.table() + "_g[0-9]+$",
            roles.building() == null ? "" : table(projection, roles.building()))
        .query((row, _) -> row.getString("tablename"))
        .list();
  }

  private boolean covers(RebuildableProjection projection, Roles roles, Collection<UUID> topicIds) {
    return roles.building() != null
        && jdbc.sql(
                """
                SELECT count(built) > 0 AND count(*) = count(*) FILTER (
                  WHERE built.next_offset >= served.next_offset)
                FROM projection_position served LEFT JOIN projection_position built
                  ON built.projection = served.projection AND built.generation = ?
                  AND built.topic_id = served.topic_id AND built.partition = served.partition
                WHERE served.projection = ? AND served.generation = ? AND served.topic_id = ANY (?)\
                """)
            .params(
                roles.building(),
                projection.name(),
                roles.serving(),
                new SqlArrayValue("uuid", topicIds.toArray()))
            .query(Boolean.class)
            .single();
  }

  private Collection<DifferingRow> differing(RebuildableProjection projection, int building) {
    return jdbc.sql(
            """
            SELECT * FROM (
              SELECT coalesce(served.%1$s, built.%1$s) AS key, coalesce(served.%2$s, 0) AS served,
                coalesce(built.%2$s, 0) AS built
              FROM %3$s served FULL JOIN %4$s built ON built.%1$s = served.%1$s) AS rows
            WHERE served <> built\
            """
                .formatted(
                    projection.keyColumn(),
                    projection.versionColumn(),
                    projection.table(),
                    table(projection, building)))
        .query((row, _) ->
            new DifferingRow(row.getString("key"), row.getLong("served"), row.getLong("built")))
        .list();
  }

  private void replace(RebuildableProjection projection, int serving, int building) {
    jdbc.sql(
            "ALTER TABLE %s RENAME TO %s".formatted(projection.table(), table(projection, serving)))
        .update();
    jdbc.sql(
            "ALTER TABLE %s RENAME TO %s"
                .formatted(table(projection, building), projection.table()))
        .update();
    jdbc.sql(
            """
            UPDATE projection SET serving = building, building = NULL, building_since = NULL
            WHERE name = ?\
            """)
        .param(projection.name())
        .update();
  }

  private boolean changing(RebuildableProjection projection, Change change) {
    return Boolean.TRUE.equals(
        transaction.execute(_ -> {
          jdbc.sql(NO_LONG_WAIT).update();
          return change.make(roles(projection.name(), " FOR UPDATE"));
        }));
  }

  private Roles roles(String projection, String lock) {
    return jdbc.sql(ROLES + lock).param(projection).query(Generations::read).single();
  }

  private static Roles read(ResultSet row, int number) throws SQLException {
    @Nullable OffsetDateTime since = row.getObject("building_since", OffsetDateTime.class);
    return new Roles(
        row.getInt("serving"),
        row.getObject("building", Integer.class),
        since == null ? null : since.toInstant(),
        row.getInt("last_generation"));
  }

  private record DifferingRow(String key, long served, long built) {}

  @FunctionalInterface
  private interface Change {
    boolean make(Roles roles);
  }
}
