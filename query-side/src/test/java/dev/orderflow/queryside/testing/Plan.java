package dev.orderflow.queryside.testing;

import dev.orderflow.queryside.paging.PageQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;

/**
 * How the database has answered a query.
 *
 * @param scans each way in which it has looked at a table, with the index
 * @param rowsLookedAt rows that it has fetched, those included that it did not want
 * @param rowsFound rows of the answer
 * @param text the whole plan
 */
public record Plan(
    List<String> scans, long rowsLookedAt, long rowsFound, double milliseconds, String text) {
  /** Has the query answered, as pages of lists are asked for. */
  public static Plan of(DataSource dataSource, String sql, List<?> parameters) {
    var text =
        new PageQueries(dataSource)
            .sql("EXPLAIN (ANALYZE, FORMAT JSON) " + sql)
            .params(parameters)
            .query(String.class)
            .single();
    var whole = RunningQuerySide.JSON.readTree(text).get(0);
    var scans = new ArrayList<String>();
    var rows = lookAt(whole.get("Plan"), scans);
    return new Plan(
        scans,
        rows,
        whole.at("/Plan/Actual Rows").asLong(),
        whole.get("Execution Time").asDouble(),
        text);
  }

  /** This one, and then another. */
  public Plan and(Plan next) {
    return new Plan(
        Stream.concat(scans.stream(), next.scans.stream()).toList(),
        rowsLookedAt + next.rowsLookedAt,
        next.rowsFound,
        milliseconds + next.milliseconds,
        text + next.text);
  }

  private static long lookAt(JsonNode node, List<String> scans) {
    var rows = 0L;
    var type = node.get("Node Type").asString();
    if (type.endsWith("Scan") && !type.equals("Subquery Scan")) {
      scans.add(type + (node.has("Index Name") ? " " + node.get("Index Name").asString() : ""));
      if (!type.equals("Bitmap Index Scan")) {
        rows +=
            node.get("Actual Loops").asLong()
                * (node.get("Actual Rows").asLong()
                    + node.path("Rows Removed by Filter").asLong(0)
                    + node.path("Rows Removed by Index Recheck").asLong(0));
      }
    }
    for (var child : node.path("Plans")) {
      rows += lookAt(child, scans);
    }
    return rows;
  }

  @Override
  public String toString() {
    return "%s; %d rows looked at, %.1f ms"
        .formatted(String.join(", ", scans), rowsLookedAt, milliseconds);
  }
}
