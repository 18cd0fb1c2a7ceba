package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.MeasuredPlatform;
import dev.orderflow.bench.measurement.Result;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an order costs, from the gateway to its end, against what the same machine could do at most,
 * all in one run: {@code docs/benchmarks.md} says what is measured and how. With the system
 * property {@code bench.profile} it also says where the JVMs spend their time.
 */
public final class OrdersBenchmark implements AutoCloseable {
  private static final int CUSTOMERS = 64;
  private static final int CALLERS = 32;
  private static final int ROUNDS = 3;
  private static final int LINES = 5;
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final Duration FLOOR = Duration.ofMillis(1_500);
  private static final Duration COMMITS = Duration.ofSeconds(3);
  private static final Duration POSTS = Duration.ofSeconds(4);
  private static final Duration HOT = Duration.ofMinutes(1);
  private static final Duration COUNTED = Duration.ofSeconds(4);
  private static final List<Integer> GROUPS = List.of(1, 10, 100);

  private final MeasuredPlatform platform;
  private final Connection database;
  private final Instruments instruments;
  private final OrderRequests shop;
  private final OrderOutcomes history;
  private final Customers customers;
  private final Rounds rounds;
  private final OrdersReport report = new OrdersReport();

  private OrdersBenchmark(MeasuredPlatform platform) throws Exception {
    this.platform = platform;
    database = platform.database();
    instruments = new Instruments(platform, database);
    shop = new OrderRequests(platform.gateway());
    history = new OrderOutcomes(database);
    customers = new Customers(shop.gateway(), CUSTOMERS);
    rounds = new Rounds(customers, shop, history, instruments);
  }

  @Override
  public void close() throws SQLException {
    instruments.close();
    database.close();
  }

  /** Runs it. */
  public static List<Result> run() throws Exception {
    try (var platform = new MeasuredPlatform();
        var bench = new OrdersBenchmark(platform)) {
      return bench.measure();
    }
  }

  private List<Result> measure() throws Exception {
    report.warmUp(new WarmUp(customers, shop, history).run());
    var floor = new Floor(database);
    var rates = new TreeMap<Integer, List<Double>>();
    floor(floor, rates);
    nothing();

    var _ = instruments.whenQuiet();
    var carried = rounds.carry(ROUNDS, ROUND, 1);
    floor(floor, rates);
    var _ = instruments.whenQuiet();
    var ofFive = rounds.carry(ROUNDS, ROUND, LINES);
    // Not before: compilers are at work for a while after the first orders.
    var rested = instruments.now();
    var idle = instruments.whenQuiet().since(rested).perSecond().ofThePlatform();
    floor(floor, rates);
    report.floor(rates);
    report.singleCommits(new SingleCommits(platform).perSecond(COMMITS));
    floor.remove();
    report.idle(idle);
    report.carried(carried, idle);
    report.lines(LINES, ofFive, idle);

    delays(carried.perSecond().median());
    hotProduct();
    statements();
    if (Boolean.getBoolean("bench.profile")) {
      profile();
    }
    report.memory(platform.processes());
    return report.results();
  }

  private void floor(Floor floor, Map<Integer, List<Double>> rates) throws SQLException {
    for (var group : GROUPS) {
      rates.computeIfAbsent(group, _ -> new ArrayList<>()).add(floor.ordersPerSecond(group, FLOOR));
    }
  }

  private void nothing() throws Exception {
    var callers = new Customers(shop.gateway(), CALLERS);
    var _ = callers.askFor(POSTS, _ -> shop.nothing());
    var perSecond = new ArrayList<Double>();
    var each = new ArrayList<Usage>();
    for (var i = 0; i < ROUNDS; i++) {
      var begin = instruments.processorNow();
      var outcome = callers.askFor(POSTS, _ -> shop.nothing());
      each.add(instruments.processorNow().since(begin).per(outcome.answered()));
      perSecond.add(outcome.perSecond());
    }
    report.nothing(new Figures(perSecond), each);
  }

  /** Not while the database still writes down what the floor has left. */
  private void delays(double perSecond) throws Exception {
    try (var statement = database.createStatement()) {
      statement.execute("CHECKPOINT");
    }
    var _ = instruments.whenQuiet();
    var delays = new Delays(shop, history);
    report.delays(delays.idle(), delays.at(perSecond / 2, CUSTOMERS));
  }

  private void hotProduct() throws Exception {
    var newest = history.newest();
    var outcome = customers.askFor(HOT, _ -> shop.orderOfTheHotProduct());
    report.hotProduct(history.drained(newest, outcome.answered()), outcome.statuses());
  }

  private void statements() throws Exception {
    try (var statements = new Statements(database, platform.log("postgres"))) {
      var idleSince = statements.position();
      Thread.sleep(COUNTED);
      var idle = statements.since(idleSince);
      var position = statements.position();
      var newest = history.newest();
      var begin = System.nanoTime();
      var outcome = customers.insistFor(COUNTED, number -> shop.order(number, 1));
      history.drained(newest, outcome.answered());
      report.statements(
          statements.since(position),
          idle,
          (double) (System.nanoTime() - begin) / COUNTED.toNanos(),
          outcome.answered());
    }
  }

  private void profile() throws Exception {
    var newest = history.newest();
    var profile = Profile.start(platform);
    var outcome = customers.insistFor(ROUND, number -> shop.order(number, 1));
    history.drained(newest, outcome.answered());
    report.profile(profile.stop());
  }
}
