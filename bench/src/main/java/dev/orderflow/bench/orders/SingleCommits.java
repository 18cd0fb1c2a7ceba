package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.MeasuredPlatform;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** One row, one durable commit: what a platform of single steps is made of. */
final class SingleCommits {
  private static final int CALLERS = 32;
  private static final double SECOND = 1e9;

  private final MeasuredPlatform platform;

  SingleCommits(MeasuredPlatform platform) {
    this.platform = platform;
  }

  /** How many per second, by 32 callers with a connection each. */
  double perSecond(Duration time) throws Exception {
    try (var database = platform.database();
        var statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE bench.row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, value text)");
    }
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var callers =
          IntStream.range(0, CALLERS).mapToObj(_ -> threads.submit(() -> commits(time))).toList();
      var sum = 0.0;
      for (var caller : callers) {
        sum += caller.get();
      }
      return sum;
    }
  }

  private double commits(Duration time) throws SQLException {
    try (var database = platform.database();
        var insert = database.prepareStatement("INSERT INTO bench.row (value) VALUES ('x')")) {
      var begin = System.nanoTime();
      var commits = 0;
      while (System.nanoTime() - begin < time.toNanos()) {
        commits += insert.executeUpdate();
      }
      return commits * SECOND / (System.nanoTime() - begin);
    }
  }
}
