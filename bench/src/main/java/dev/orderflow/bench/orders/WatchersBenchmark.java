package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.GatewayConnection;
import dev.orderflow.bench.measurement.MeasuredPlatform;
import dev.orderflow.bench.measurement.PlatformProcess;
import dev.orderflow.bench.measurement.Result;
import dev.orderflow.bench.orders.Watchers.Watcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What 10,000 readers of orders' events cost two instances, and when they hear of a change. */
public final class WatchersBenchmark {
  private static final int WATCHERS = Integer.getInteger("bench.watchers", 10_000);
  private static final int FEW = 100;
  private static final int ROUNDS = 20;
  private static final int SILENT_SECONDS = 60;
  private static final double MILLI = 1e6;
  private static final double MICRO = 1e3;

  /** What a shop with so many watchers sets, see docs/configuration.md. */
  private static final String RAISED =
      "-Dorderflow.streams.max-open=10000 -Dorderflow.streams.max-per-caller=10000"
          + " -Dorderflow.requests.max-connections=22000 -Xmx768m";

  private final MeasuredPlatform platform;
  private final OrderRequests shop;
  private final Watchers watchers = new Watchers();
  private final List<String> instances;
  private int orders;

  private WatchersBenchmark(MeasuredPlatform platform) throws IOException {
    this.platform = platform;
    shop = new OrderRequests(platform.gateway());
    instances = List.copyOf(platform.querySides().keySet());
  }

  /** Runs it. */
  public static List<Result> run() throws Exception {
    try (var platform = new MeasuredPlatform(RAISED, "--query-side", "2")) {
      platform.keepTheSagaAway();
      var bench = new WatchersBenchmark(platform);
      try (var _ = bench.watchers) {
        return bench.measure();
      }
    }
  }

  private List<Result> measure() throws Exception {
    // The first streams load classes.
    changes(FEW);
    var before = new Use(platform.querySides().values());
    var silence = processorTime();
    var many = new ArrayList<Watcher>();
    var orderOfMany = watch(WATCHERS - FEW, many);
    var with = new Use(platform.querySides().values());
    var watched = processorTime();
    var few = new ArrayList<Double>();
    for (var round = 0; round < ROUNDS; round++) {
      few.add(changes(FEW));
    }
    var all = change(orderOfMany, many);
    var ofFew = new Figures(few);
    return List.of(
        new Result(
            "memory of the query side for each of %,d watchers on two instances: alive on the heap; in all"
                .formatted(WATCHERS - FEW),
            "none",
            "%.1f KiB; %.1f KiB"
                .formatted(
                    (with.liveBytes - before.liveBytes) / 1024.0 / many.size(),
                    (with.memoryMiB - before.memoryMiB) * 1024.0 / many.size())),
        new Result(
            "processor time of the query side for each of them while nothing changes",
            "none",
            "%.0f µs a second, %.1f %% of one processor for all; without them %.1f %%"
                .formatted(
                    (watched - silence) / MICRO / many.size(), watched / 1e7, silence / 1e7)),
        new Result(
            "from a customer's cancellation to the last of %d watchers of the order, on both instances, beside the others"
                .formatted(FEW),
            "below 1 s",
            String.format(
                Locale.ROOT, "median %.0f ms, at most %.0f ms", ofFew.median(), ofFew.max())),
        new Result(
            "the same of %,d watchers of one order".formatted(many.size()),
            "below 1 s",
            String.format(Locale.ROOT, "%.0f ms", all)));
  }

  /** Has an order watched on all instances in turn; returns it when all know it. */
  private String watch(int readers, List<Watcher> all) throws IOException {
    var order = place();
    var wanted = watchers.begun() + readers;
    for (var i = 0; i < readers; i++) {
      all.add(watchers.watch(instances.get(i % instances.size()), order, shop.customer()));
    }
    watchers.readUntil(() -> watchers.begun() >= wanted);
    return order;
  }

  private String place() throws IOException {
    // A connection of its own: the gateway ends those that are silent for long.
    try (var customer = new GatewayConnection(platform.gateway())) {
      var order = shop.place(customer, orders++);
      shop.awaitShown(customer, order);
      return order;
    }
  }

  private double changes(int readers) throws IOException {
    var all = new ArrayList<Watcher>();
    var order = watch(readers, all);
    return change(order, all);
  }

  /** From the request until the last watcher has the change, in milliseconds. */
  private double change(String order, Collection<Watcher> told) throws IOException {
    var begin = System.nanoTime();
    try (var customer = new GatewayConnection(platform.gateway())) {
      shop.cancel(customer, order);
    }
    watchers.readUntil(() -> told.stream().allMatch(watcher -> watcher.states() > 1));
    return (told.stream().mapToLong(Watcher::lastNanos).max().orElseThrow() - begin) / MILLI;
  }

  /** Of all instances in a second in which nothing changes, in nanoseconds. */
  private double processorTime() throws IOException {
    var processes = platform.querySides().values();
    var before = processes.stream().mapToLong(PlatformProcess::nanos).sum();
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SILENT_SECONDS);
    watchers.readUntil(() -> System.nanoTime() > end);
    return (processes.stream().mapToLong(PlatformProcess::nanos).sum() - before)
        / (double) SILENT_SECONDS;
  }

  /** What all instances use. */
  private static final class Use {
    private long liveBytes;
    private long memoryMiB;

    Use(Collection<PlatformProcess> processes) throws IOException {
      for (var process : processes) {
        liveBytes += process.liveBytes();
        memoryMiB += process.memoryMiB();
      }
    }
  }
}
