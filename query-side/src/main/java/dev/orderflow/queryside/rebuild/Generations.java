package dev.orderflow.queryside.rebuild;

import dev.orderflow.queryside.rebuild.Roles.Build;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Objects;
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
      """
      SELECT serving, building, building_for, building_since, last_generation
      FROM projection WHERE name = ?\
      """;
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

  /**
   * Has the commit of this transaction not wait for the disk. What a crash of the database takes
   * back, rows and position together, is read again; and the commit that lets a generation serve
   * waits for all before it.
   */
  void commitWithoutWaiting() {
    jdbc.sql("SET LOCAL synchronous_commit = off").update();
  }

  /**
   * Starts to build a generation, or joins the build there is; one that was built for a comparison
   * will serve when that is wanted.
   *
   * @return false when it is built to serve, and was wanted for a comparison
   */
  boolean start(RebuildableProjection projection, Purpose purpose) {
    return changing(
        projection,
        roles -> {
          var building = roles.building();
          if (building == null) {
            create(projection, roles.last() + 1, purpose);
            return true;
          }
          if (building.purpose() == Purpose.COMPARISON && purpose == Purpose.SERVING) {
            keep(projection, building.generation(), ComparisonOutcome.CANCELLED);
            jdbc.sql("UPDATE projection SET building_for = ? WHERE name = ?")
                .params(purpose.name(), projection.name())
                .update();
            return true;
          }
          return building.purpose() == purpose;
        });
  }

  private void create(RebuildableProjection projection, int generation, Purpose purpose) {
    jdbc.sql(
            "CREATE TABLE %s (LIKE %s INCLUDING ALL) WITH (fillfactor = 80)"
                .formatted(table(projection, generation), projection.table()))
        .update();
    jdbc.sql(
            """
            UPDATE projection SET building = ?, last_generation = ?, building_for = ?,
              building_since = clock_timestamp()
            WHERE name = ?\
            """)
        .params(generation, generation, purpose.name(), projection.name())
        .update();
  }

  /** Ends a build, if there is one, without an effect on what serves. */
  void cancel(RebuildableProjection projection) {
    changing(
        projection,
        roles -> {
          if (roles.building() != null && roles.isBuilding(Purpose.COMPARISON)) {
            keep(projection, roles.building().generation(), ComparisonOutcome.CANCELLED);
          }
          endBuild(projection);
          return true;
        });
  }

  /** Ends the build of a generation for a comparison; of no effect when it has ended already. */
  void compared(RebuildableProjection projection, int generation, ComparisonOutcome outcome) {
    changing(
        projection,
        roles -> {
          if (roles.isBuilding(generation) && roles.isBuilding(Purpose.COMPARISON)) {
            keep(projection, generation, outcome);
            endBuild(projection);
          }
          return true;
        });
  }

  private void endBuild(RebuildableProjection projection) {
    jdbc.sql(
            """
            UPDATE projection SET building = NULL, building_for = NULL, building_since = NULL
            WHERE name = ?\
            """)
        .param(projection.name())
        .update();
  }

  private void keep(RebuildableProjection projection, int generation, ComparisonOutcome outcome) {
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
        .param(generation)
        .param(outcome.state().name())
        .param(outcome.compared())
        .param(outcome.differing())
        .param(outcome.firstDifference())
        .update();
  }

  /** What the last comparison has found; null before the first. */
  @Nullable KeptOutcome lastComparison(String projection) {
    return jdbc.sql(
            """
            SELECT generation, state, compared, differing, first_difference
            FROM projection_comparison WHERE projection = ?\
            """)
        .param(projection)
        .query((row, _) ->
            new KeptOutcome(
                row.getInt("generation"),
                new ComparisonOutcome(
                    ComparisonOutcome.State.valueOf(row.getString("state")),
                    row.getLong("compared"),
                    row.getLong("differing"),
                    row.getString("first_difference"))))
        .optional()
        .orElse(null);
  }

  /** The outcome of a comparison with a generation. */
  record KeptOutcome(int generation, ComparisonOutcome outcome) {}

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
            roles.building() == null ? "" : table(projection, roles.building().generation()))
        .query((row, _) -> row.getString("tablename"))
        .list();
  }

  /** Changes roles while no batch relies on them. */
  boolean changing(RebuildableProjection projection, Change change) {
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
    return new Roles(row.getInt("serving"), building(row), row.getInt("last_generation"));
  }

  private static @Nullable Build building(ResultSet row) throws SQLException {
    var building = row.getObject("building", Integer.class);
    if (building == null) {
      return null;
    }
    var since = Objects.requireNonNull(row.getObject("building_since", OffsetDateTime.class));
    return new Build(building, Purpose.valueOf(row.getString("building_for")), since.toInstant());
  }

  /** A change of roles. */
  @FunctionalInterface
  interface Change {
    /**
     * Makes it.
     *
     * @param roles nobody else changes them until the transaction ends
     * @return whether anything was changed
     */
    boolean make(Roles roles);
  }
}
