package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.MeasuredPlatform;
import dev.orderflow.bench.measurement.PlatformProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Reads what the platform has used, off the kernel, PostgreSQL, Kafka and the services. */
final class Instruments implements AutoCloseable {
  /** The part that is none of the platform: the bench as its customers. */
  static final String CLIENT = "(bench)";

  static final String COMMITS = "commits";
  static final String FLUSHES = "flushes of the WAL";
  static final String CALLS = "gRPC calls";
  static final String RECORDS = "Kafka records";

  /** A server process of PostgreSQL that has nothing to do tells what it counted after 10 s. */
  private static final Duration STATISTICS_ARE_COMPLETE_AFTER = Duration.ofMillis(10_500);

  private static final double MILLI = 1e6;
  private static final double SECOND = 1e9;

  private final MeasuredPlatform platform;
  private final Connection database;
  private final Admin kafka;
  private final HttpClient http = HttpClient.newHttpClient();

  Instruments(MeasuredPlatform platform, Connection database) {
    this.platform = platform;
    this.database = database;
    kafka = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, platform.kafka()));
  }

  @Override
  public void close() {
    kafka.close();
    http.close();
  }

  /** Everything, once nothing has happened for so long that all of it has been counted. */
  Usage whenQuiet() throws Exception {
    Thread.sleep(STATISTICS_ARE_COMPLETE_AFTER);
    return now();
  }

  /** Everything as it is told now; what PostgreSQL counted last is not in it yet. */
  Usage now() throws Exception {
    var counts = new LinkedHashMap<String, Double>();
    counts.put(
        COMMITS,
        number("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"));
    counts.put(FLUSHES, number("SELECT wal_sync FROM pg_stat_wal"));
    counts.put(CALLS, calls());
    counts.put(RECORDS, records());
    return new Usage(System.nanoTime() / SECOND, processor(), counts);
  }

  /** The processor times alone, which cost next to nothing to read. */
  Usage processorNow() {
    return new Usage(System.nanoTime() / SECOND, processor(), Map.of());
  }

  private Map<String, Double> processor() {
    var used = new LinkedHashMap<String, Double>();
    platform.processes().forEach((name, part) -> used.put(name, part.nanos() / MILLI));
    used.put(CLIENT, PlatformProcess.own().ownNanos() / MILLI);
    return used;
  }

  private double number(String query) throws SQLException {
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getDouble(1);
    }
  }

  /** How many calls the services have answered; health checks are none. */
  private double calls() throws IOException, InterruptedException {
    var sum = 0.0;
    for (var service : platform.services()) {
      var metrics =
          http.send(
                  HttpRequest.newBuilder(URI.create(service + "/actuator/prometheus")).build(),
                  BodyHandlers.ofLines())
              .body();
      sum +=
          metrics
              .filter(line -> line.startsWith("grpc_server_processing_duration_seconds_count"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .sum();
    }
    return sum;
  }

  private double records() throws ExecutionException, InterruptedException {
    var topics = kafka.describeTopics(kafka.listTopics().names().get()).allTopicNames().get();
    var ends =
        topics.values().stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(one -> new TopicPartition(topic.name(), one.partition())))
            .collect(Collectors.toMap(one -> one, _ -> OffsetSpec.latest()));
    return kafka.listOffsets(ends).all().get().values().stream()
        .mapToDouble(end -> end.offset())
        .sum();
  }
}
