package dev.orderflow.bench;

import dev.orderflow.bench.measurement.Result;
import dev.orderflow.bench.orders.OnlookersBenchmark;
import dev.orderflow.bench.orders.OrdersBenchmark;
import dev.orderflow.bench.orders.WatchersBenchmark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the benchmarks that are named, or all, and prints what came out as a table. */
public final class Benchmarks {
  private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

  static {
    ALL.put("get-product", GetProductBenchmark::run);
    ALL.put("l2-hit", L2HitBenchmark::run);
    ALL.put("stampede", CacheBenchmarks::stampede);
    ALL.put("staleness", CacheBenchmarks::staleness);
    ALL.put("orders", OrdersBenchmark::run);
    ALL.put("rebuild", RebuildBenchmark::run);
    ALL.put("watchers", WatchersBenchmark::run);
    ALL.put("onlookers", OnlookersBenchmark::run);
  }

  private Benchmarks() {}

  /** One of them. */
  @FunctionalInterface
  interface Benchmark {
    List<Result> run() throws Exception;
  }

  /**
   * Runs and prints.
   *
   * @param names of benchmarks; none: all of them
   */
  public static void main(String[] names) throws Exception {
    var wanted = names.length == 0 ? ALL.keySet() : Set.of(names);
    var results = new ArrayList<Result>();
    for (var name : wanted) {
      var benchmark = ALL.get(name);
      if (benchmark == null) {
        throw new IllegalArgumentException(name + " is none of " + ALL.keySet());
      }
      results.addAll(benchmark.run());
    }
    System.out.println();
    System.out.println("| measured | aim | came out |");
    System.out.println("|---|---|---|");
    results.forEach(result -> System.out.println(result.row()));
    // Embedded servers keep threads.
    System.exit(0);
  }
}
