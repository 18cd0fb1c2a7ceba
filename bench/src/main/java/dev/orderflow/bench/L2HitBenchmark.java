package dev.orderflow.bench;

import dev.orderflow.queryside.cache.L2Hit;
import dev.orderflow.queryside.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link L2Hit} in a JVM of its own, with one caller and with several. */
final class L2HitBenchmark {
  private static final double AIM = 0.7;

  private L2HitBenchmark() {}

  static List<Result> run() throws Exception {
    var results = new ArrayList<Result>();
    try (var redis = TestRedis.with()) {
      for (var threads : List.of(1, 8)) {
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
        var bare = scores(ran.stream().filter(result -> isOf(result, "bareGet")).toList());
        var ratios = new ArrayList<Double>();
        for (var fork = 0; fork < ours.size(); fork++) {
          ratios.add(ours.get(fork) / bare.get(fork));
        }
        results.add(
            Result.ratio(
                "a hit in L2, reads per second with %d %s, of bare `GET`s through the same client"
                    .formatted(threads, threads == 1 ? "thread" : "threads"),
                AIM,
                new Figures(ratios)));
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
