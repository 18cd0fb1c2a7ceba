package dev.orderflow.queryside.rebuild;

import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Projection.Table;
import dev.orderflow.queryside.projection.Tables;
import dev.orderflow.queryside.rebuild.Roles.Build;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table {@code projection} and the tables of the generations. The tables that serve have their
 * plain names, those of any other generation the suffix {@code _g} and its number.
 */
@Repository
class Generations {
  private static final String ROLES =
      """
      SELECT serving, building, building_for, building_position, last_generation,
        extract(epoch FROM clock_timestamp() - building_since) AS building_seconds
      FROM projection WHERE name = ?\
      """;

  /** Longer than it takes the database to find a deadlock, which then is ended by that. */
  private static final String NO_LONG_WAIT = "SET LOCAL lock_timeout = '1500ms'";

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

  /**
   * Starts to build a generation, or joins the build there is; one that was built for a comparison
   * will serve when that is wanted.
   *
   * @return false when it is built to serve, and was wanted for a comparison
   */
  boolean start(Projection<?> projection, Purpose purpose) {
    return changing(
        projection,
        roles -> {
          var building = roles.building();
          if (building == null) {
            create(projection, roles.last() + 1, purpose);
            return true;
          }
          if (building.purpose() == Purpose.COMPARISON && purpose == Purpose.SERVING) {
            keep(projection, ComparisonOutcome.cancelled(building.generation()));
            jdbc.sql("UPDATE projection SET building_for = ? WHERE name = ?")
                .params(purpose.name(), projection.name())
                .update();
            return true;
          }
          return building.purpose() == purpose;
        });
  }

  /**
   * Without indexes but that of the key: they are made when the rows are there. Nothing is vacuumed
   * meanwhile, which would hold up the end.
   */
  private void create(Projection<?> projection, int generation, Purpose purpose) {
    for (var table : names(projection)) {
      var made = tables(generation).named(table);
      jdbc.sql(
              "CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES) WITH (%s)"
                  .formatted(made, table, storage(table)))
          .update();
      jdbc.sql("ALTER TABLE %s ADD %s".formatted(made, primaryKey(table))).update();
    }
    jdbc.sql(
            """
            UPDATE projection SET building = ?, last_generation = ?, building_for = ?,
              building_since = clock_timestamp(), building_position = 0
            WHERE name = ?\
            """)
        .params(generation, generation, purpose.name(), projection.name())
        .update();
  }

  private String storage(String table) {
    return jdbc.sql(
            """
            SELECT concat_ws(', ', 'autovacuum_enabled = false', (
              SELECT string_agg(setting, ', ') FROM unnest(reloptions) AS setting
              WHERE setting NOT LIKE 'autovacuum_enabled=%'))
            FROM pg_class WHERE oid = ?::regclass\
            """)
        .param(table)
        .query(String.class)
        .single();
  }

  private String primaryKey(String table) {
    return jdbc.sql(
            """
            SELECT pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = ?::regclass AND contype = 'p'\
            """)
        .param(table)
        .query(String.class)
        .single();
  }

  /**
   * Notes how many events a generation has read.
   *
   * @return whether it is still being built
   */
  boolean read(String projection, int generation, long position) {
    return jdbc.sql("UPDATE projection SET building_position = ? WHERE name = ? AND building = ?")
            .params(position, projection, generation)
            .update()
        == 1;
  }

  /**
   * Has the commit of this transaction not wait for the disk: while a generation is built, a crash
   * of the database has it built from the beginning anyway.
   */
  void commitWithoutWaiting() {
    jdbc.sql("SET LOCAL synchronous_commit = off").update();
  }

  /** Has the commit wait after all, also for those before it that did not. */
  void commitForCertain() {
    jdbc.sql("SET LOCAL synchronous_commit = on").update();
  }

  /** Gives the tables of a generation the indexes of those that serve, unless they have them. */
  void index(Projection<?> projection, int generation) {
    transaction.executeWithoutResult(_ -> {
      for (var table : names(projection)) {
        var built = tables(generation).named(table);
        if (indexes(built).isEmpty()) {
          for (var index : indexes(table)) {
            jdbc.sql(index.formatted(built)).update();
          }
          jdbc.sql("ANALYZE " + built).update();
        }
      }
    });
  }

  /** What makes the indexes of a table but that of its key; where the table's name goes is open. */
  private List<String> indexes(String table) {
    return jdbc.sql(
            """
            SELECT regexp_replace(replace(pg_get_indexdef(indexrelid), '%', '%%'),
              '^CREATE (UNIQUE )?INDEX \\S+ ON (ONLY )?\\S+', 'CREATE \\1INDEX ON %s')
            FROM pg_index WHERE indrelid = ?::regclass AND NOT indisprimary ORDER BY indexrelid\
            """)
        .param(table)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /**
   * Keeps others from writing to the tables that serve, and from those that were built, until the
   * transaction ends. Those come first: what is in their way keeps no writer waiting.
   */
  void holdWriters(Projection<?> projection, int built) {
    var serving = names(projection);
    lock(serving.stream().map(tables(built)::named).toList(), "ACCESS EXCLUSIVE");
    lock(serving, "SHARE ROW EXCLUSIVE");
  }

  private void lock(List<String> tables, String mode) {
    jdbc.sql("LOCK TABLE %s IN %s MODE".formatted(String.join(", ", tables), mode)).update();
  }

  /** Lets the generation that was built serve when the transaction commits. */
  void serve(Projection<?> projection, Roles roles) {
    var built = Objects.requireNonNull(roles.building()).generation();
    for (var table : names(projection)) {
      rename(table, tables(roles.serving()).named(table));
      rename(tables(built).named(table), table);
      jdbc.sql("ALTER TABLE %s RESET (autovacuum_enabled)".formatted(table)).update();
    }
    jdbc.sql(
            """
            UPDATE projection SET serving = building, building = NULL, building_for = NULL,
              building_since = NULL
            WHERE name = ?\
            """)
        .param(projection.name())
        .update();
  }

  private void rename(String table, String name) {
    jdbc.sql("ALTER TABLE %s RENAME TO %s".formatted(table, name)).update();
  }

  /** Ends a build, if there is one, without an effect on what serves. */
  void cancel(Projection<?> projection) {
    changing(
        projection,
        roles -> {
          if (roles.building() != null && roles.isBuilding(Purpose.COMPARISON)) {
            keep(projection, ComparisonOutcome.cancelled(roles.building().generation()));
          }
          endBuild(projection);
          return true;
        });
  }

  /**
   * Ends the build of a generation for a comparison, in the transaction of {@link #changing}.
   *
   * @param outcome of the generation that is being built
   */
  void compared(Projection<?> projection, ComparisonOutcome outcome) {
    keep(projection, outcome);
    endBuild(projection);
  }

  private void endBuild(Projection<?> projection) {
    jdbc.sql(
            """
            UPDATE projection SET building = NULL, building_for = NULL, building_since = NULL
            WHERE name = ?\
            """)
        .param(projection.name())
        .update();
  }

  private void keep(Projection<?> projection, ComparisonOutcome outcome) {
    jdbc.sql(
            """
            INSERT INTO projection_comparison
              (projection, generation, state, compared, differing, first_difference)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (projection) DO UPDATE SET generation = excluded.generation,
              state = excluded.state, compared = excluded.compared,
              differing = excluded.differing, first_difference = excluded.first_difference,
              ended_at = excluded.ended_at\
            """)
        .param(projection.name())
        .param(outcome.generation())
        .param(outcome.state().name())
        .param(outcome.compared())
        .param(outcome.differing())
        .param(outcome.firstDifference())
        .update();
  }

  /** What the last comparison has found; null before the first. */
  @Nullable ComparisonOutcome lastComparison(String projection) {
    return jdbc.sql(
            """
            SELECT generation, state, compared, differing, first_difference
            FROM projection_comparison WHERE projection = ?\
            """)
        .param(projection)
        .query((row, _) ->
            new ComparisonOutcome(
                row.getInt("generation"),
                ComparisonOutcome.State.valueOf(row.getString("state")),
                row.getLong("compared"),
                row.getLong("differing"),
                row.getString("first_difference")))
        .optional()
        .orElse(null);
  }

  /** Drops the tables of generations that are neither serving nor being built. */
  void sweep(Projection<?> projection) {
    changing(
        projection,
        roles -> {
          var building = roles.building();
          for (var table : names(projection)) {
            jdbc.sql(
                    """
                    SELECT tablename FROM pg_tables
                    WHERE schemaname = current_schema() AND tablename ~ ? AND tablename <> ?\
                    """)
                .params(
                    "^" + table + "_g[0-9]+$",
                    building == null ? "" : tables(building.generation()).named(table))
                .query(String.class)
                .list()
                .forEach(left -> jdbc.sql("DROP TABLE " + left).update());
          }
          return true;
        });
  }

  private static List<String> names(Projection<?> projection) {
    return projection.tables().stream().map(Table::name).toList();
  }

  /** The tables of a generation that does not serve. */
  static Tables tables(int generation) {
    return table -> table + "_g" + generation;
  }

  /**
   * Changes roles, alone.
   *
   * @param change makes the change to the roles, which nobody else changes until the transaction
   *     ends, and tells whether it has come to what was wanted
   * @return what the change tells
   */
  boolean changing(Projection<?> projection, Predicate<Roles> change) {
    return Boolean.TRUE.equals(
        transaction.execute(_ -> {
          jdbc.sql(NO_LONG_WAIT).update();
          return change.test(roles(projection.name(), " FOR UPDATE"));
        }));
  }

  private Roles roles(String projection, String lock) {
    return jdbc.sql(ROLES + lock)
        .param(projection)
        .query(Generations::read)
        .optional()
        .orElseGet(() -> {
          jdbc.sql(
                  """
                  INSERT INTO projection (name, serving, last_generation) VALUES (?, 1, 1)
                  ON CONFLICT DO NOTHING\
                  """)
              .param(projection)
              .update();
          return roles(projection, lock);
        });
  }

  private static Roles read(ResultSet row, int number) throws SQLException {
    return new Roles(row.getInt("serving"), building(row), row.getInt("last_generation"));
  }

  private static @Nullable Build building(ResultSet row) throws SQLException {
    var building = row.getObject("building", Integer.class);
    if (building == null) {
      return null;
    }
    return new Build(
        building,
        Purpose.valueOf(row.getString("building_for")),
        Duration.ofMillis((long) (1000 * row.getDouble("building_seconds"))),
        row.getLong("building_position"));
  }
}
