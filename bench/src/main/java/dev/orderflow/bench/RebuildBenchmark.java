package dev.orderflow.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.MeasuredPlatform;
import dev.orderflow.bench.measurement.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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

  private final MeasuredPlatform platform;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Connection database;
  private final String staff;

  private RebuildBenchmark(MeasuredPlatform platform) throws Exception {
    this.platform = platform;
    database = platform.database();
    staff = token();
  }

  @Override
  public void close() throws SQLException {
    database.close();
    http.close();
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

  private long read() throws IOException, InterruptedException {
    return projections().stream().mapToLong(shown -> shown.path("position").asLong()).sum();
  }

  private List<JsonNode> projections() throws IOException, InterruptedException {
    var answer =
        http.send(
            request("/admin/projections").header("Authorization", "Bearer " + staff).build(),
            BodyHandlers.ofString());
    return JsonMapper.shared().readTree(answer.body()).path("projections").valueStream().toList();
  }

  private void post(String path) throws IOException, InterruptedException {
    var answer =
        http.send(
            request(path)
                .header("Authorization", "Bearer " + staff)
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IllegalStateException(path + " answered " + answer.statusCode());
    }
  }

  private String token() throws IOException, InterruptedException {
    var basic = Base64.getEncoder().encodeToString("admin:admin".getBytes(UTF_8));
    var answer =
        http.send(
            request("/oauth2/token")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build(),
            BodyHandlers.ofString());
    return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(platform.gateway() + path));
  }

  private static String spread(List<Double> rates) {
    var figures = new Figures(rates);
    return String.format(
        Locale.ROOT, "%,.0f (%,.0f to %,.0f)", figures.median(), figures.min(), figures.max());
  }
}
