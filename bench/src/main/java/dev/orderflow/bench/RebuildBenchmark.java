package dev.orderflow.bench;

import static org.awaitility.Awaitility.await;

import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.GatewayConnection;
import dev.orderflow.bench.measurement.MeasuredPlatform;
import dev.orderflow.bench.measurement.Result;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rebuild of both views at once, against a bare cursor scan of the event store, in turns in one
 * run. Each of the events is read by one of the views.
 */
final class RebuildBenchmark implements AutoCloseable {
  private static final int EVENTS = Integer.getInteger("bench.events", 200_000);
  private static final int ROUNDS = 5;
  private static final int ROWS_AT_ONCE = 1_000;
  private static final Duration DONE_WITHIN = Duration.ofMinutes(20);
  private static final double SECOND = 1e9;
  private static final int ACCEPTED = 202;

  private final String gateway;
  private final Connection database;
  private final String staff;

  private RebuildBenchmark(MeasuredPlatform platform) throws Exception {
    gateway = platform.gateway();
    database = platform.database();
    try (var connection = new GatewayConnection(gateway)) {
      staff = connection.token("admin");
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }

  static List<Result> run() throws Exception {
    try (var platform = new MeasuredPlatform();
        var bench = new RebuildBenchmark(platform)) {
      var querySide = Objects.requireNonNull(platform.processes().get("query-side"));
      platform.keepTheSagaAway();
      var events = StoredHistory.fill(bench.database, EVENTS);
      await("the views have read what was stored")
          .atMost(DONE_WITHIN)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> bench.read() >= events);
      // Both are made warm.
      var _ = bench.scan();
      var _ = bench.rebuild();
      var before = querySide.memoryMiB();
      var scans = new ArrayList<Double>();
      var rebuilds = new ArrayList<Double>();
      var ratios = new ArrayList<Double>();
      for (var i = 0; i < ROUNDS; i++) {
        scans.add(events / bench.scan());
        rebuilds.add(events / bench.rebuild());
        ratios.add(rebuilds.getLast() / scans.getLast());
      }
      return List.of(
          Result.ratio(
              "events per second that a rebuild of both views reads, %,d of them, of those of a bare cursor scan"
                  .formatted(events),
              0.3,
              new Figures(ratios)),
          new Result(
              "the two rates",
              "none",
              "%s and %s per second".formatted(spread(rebuilds), spread(scans))),
          new Result(
              "memory of the query side before and after the rebuilds, and the most there was",
              "flat",
              "%d, %d and %d MiB"
                  .formatted(before, querySide.memoryMiB(), querySide.peakMemoryMiB())));
    }
  }

  /** Reads every payload, and does nothing with it; in seconds. */
  private double scan() throws SQLException {
    var begin = System.nanoTime();
    database.setAutoCommit(false);
    var bytes = 0L;
    try (var statement = database.createStatement()) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (var rows =
          statement.executeQuery(
              """
              SELECT aggregate_id, sequence_number, payload_type, payload
              FROM command_side.domain_event ORDER BY global_index\
              """)) {
        while (rows.next()) {
          bytes += rows.getBytes(4).length;
        }
      }
    }
    database.commit();
    database.setAutoCommit(true);
    if (bytes == 0) {
      throw new IllegalStateException("nothing was read");
    }
    return (System.nanoTime() - begin) / SECOND;
  }

  /** From the request until both views are served by what was built; in seconds. */
  private double rebuild() throws Exception {
    var before = generations();
    var begin = System.nanoTime();
    for (var name : before.keySet()) {
      post("/admin/projections/" + name + "/rebuild");
    }
    await("both are rebuilt")
        .atMost(DONE_WITHIN)
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            generations().entrySet().stream()
                .allMatch(now -> now.getValue() > before.getOrDefault(now.getKey(), 0)));
    return (System.nanoTime() - begin) / SECOND;
  }

  /** As the database has them, so that asking costs next to nothing. */
  private Map<String, Integer> generations() throws SQLException {
    var generations = new HashMap<String, Integer>();
    try (var statement = database.createStatement();
        var rows = statement.executeQuery("SELECT name, serving FROM query_side.projection")) {
      while (rows.next()) {
        generations.put(rows.getString(1), rows.getInt(2));
      }
    }
    return generations;
  }

  private long read() throws IOException {
    return projections().stream().mapToLong(shown -> shown.path("position").asLong()).sum();
  }

  private List<JsonNode> projections() throws IOException {
    var answer = send("GET", "/admin/projections");
    return JsonMapper.shared().readTree(answer.body()).path("projections").valueStream().toList();
  }

  private void post(String path) throws IOException {
    var answer = send("POST", path);
    if (answer.status() != ACCEPTED) {
      throw new IOException(path + " answered " + answer.status());
    }
  }

  private GatewayConnection.Answer send(String method, String path) throws IOException {
    // One that was open during a rebuild may have been closed meanwhile.
    try (var connection = new GatewayConnection(gateway)) {
      return connection.send(method, path, staff, "");
    }
  }

  private static String spread(List<Double> rates) {
    var figures = new Figures(rates);
    return String.format(
        Locale.ROOT, "%,.0f (%,.0f to %,.0f)", figures.median(), figures.min(), figures.max());
  }
}
