package dev.orderflow.queryside.rebuild;

import dev.orderflow.queryside.rebuild.Roles.Build;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Lets a generation that was built serve, in one transaction: its table gets the plain name, and
 * readers and caches are told of what it has taken in before the one that served. Of a row that
 * says something else of the same events nobody is told: caches end by themselves.
 */
@Component
class TakeOver {
  private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

  private final Generations generations;
  private final JdbcClient jdbc;

  TakeOver(Generations generations, JdbcClient jdbc) {
    this.generations = generations;
    this.jdbc = jdbc;
  }

  /**
   * Does so if it has read all that the serving one has.
   *
   * @param topicIds of the topics there are now
   * @return whether it serves now
   */
  boolean attempt(RebuildableProjection projection, Collection<UUID> topicIds) {
    var seen = generations.roles(projection.name());
    if (!seen.isBuilding(Purpose.SERVING) || !covers(projection, seen, topicIds)) {
      return false;
    }
    return generations.changing(
        projection,
        roles ->
            roles.isBuilding(Purpose.SERVING)
                && covers(projection, roles, topicIds)
                && replace(projection, roles));
  }

  /** Whether the generation that is being built has read all that the serving one has. */
  boolean covers(RebuildableProjection projection, Roles roles, Collection<UUID> topicIds) {
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
                roles.building().generation(),
                projection.name(),
                roles.serving(),
                new SqlArrayValue("uuid", topicIds.toArray()))
            .query(Boolean.class)
            .single();
  }

  private boolean replace(RebuildableProjection projection, Roles roles) {
    var building = Objects.requireNonNull(roles.building());
    var changed = changed(projection, building);
    for (var row : changed) {
      if (row.built() < row.served()) {
        LOG.warn(
            "{} cannot be served by generation {}: row {} has {} events there and {} now; are"
                + " events missing on Kafka?",
            projection.name(),
            building.generation(),
            row.key(),
            row.built(),
            row.served());
        return false;
      }
    }
    var versions = new TreeMap<String, Long>();
    changed.forEach(row -> versions.put(row.key(), row.built()));
    rename(projection.table(), Generations.table(projection, roles.serving()));
    rename(Generations.table(projection, building.generation()), projection.table());
    jdbc.sql(
            """
            UPDATE projection SET serving = building, building = NULL, building_for = NULL,
              building_since = NULL
            WHERE name = ?\
            """)
        .param(projection.name())
        .update();
    projection.announce(versions);
    return true;
  }

  private Collection<ChangedRow> changed(RebuildableProjection projection, Build building) {
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
                    Generations.table(projection, building.generation())))
        .query((row, _) ->
            new ChangedRow(row.getString("key"), row.getLong("served"), row.getLong("built")))
        .list();
  }

  private void rename(String table, String name) {
    jdbc.sql("ALTER TABLE %s RENAME TO %s".formatted(table, name)).update();
  }

  private record ChangedRow(String key, long served, long built) {}
}
