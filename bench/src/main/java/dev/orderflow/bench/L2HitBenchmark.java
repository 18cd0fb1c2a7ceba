package dev.orderflow.bench;

import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.Result;
import dev.orderflow.queryside.cache.L2Hit;
import dev.orderflow.queryside.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link L2Hit} in a JVM of its own, with one caller and with many. */
final class L2HitBenchmark {
  private L2HitBenchmark() {}

  static List<Result> run() throws Exception {
    var results = new ArrayList<Result>();
    try (var redis = TestRedis.with()) {
      for (var threads : List.of(1, 32)) {
        var ran =
            new Runner(
                    new OptionsBuilder()
                        .include(L2Hit.class.getName())
                        .jvmArgsAppend("-D" + L2Hit.PORT + "=" + redis.port())
                        .threads(threads)
                        .forks(3)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(2))
                        .build())
                .run();
        var ours = scores(ran.stream().filter(result -> isOf(result, "level")).toList());
        var rows = scores(ran.stream().filter(result -> isOf(result, "row")).toList());
        var ratios = new ArrayList<Double>();
        for (var fork = 0; fork < ours.size(); fork++) {
          ratios.add(ours.get(fork) / rows.get(fork));
        }
        var times = new Figures(ratios);
        results.add(
            new Result(
                "a hit in L2, reads per second with %d %s, of reads of the row by its primary key"
                    .formatted(threads, threads == 1 ? "caller" : "callers"),
                "above 1",
                String.format(
                    Locale.ROOT,
                    "%.2f (%.2f to %.2f): %,.0f and %,.0f per second",
                    times.median(),
                    times.min(),
                    times.max(),
                    new Figures(ours).median(),
                    new Figures(rows).median())));
      }
    }
    return results;
  }

  private static boolean isOf(RunResult result, String method) {
    return result.getParams().getBenchmark().endsWith("." + method);
  }

  /** One for each fork. */
  private static List<Double> scores(List<RunResult> results) {
    return results.stream()
        .flatMap(result -> result.getBenchmarkResults().stream())
        .map(fork -> fork.getPrimaryResult().getScore())
        .toList();
  }
}
