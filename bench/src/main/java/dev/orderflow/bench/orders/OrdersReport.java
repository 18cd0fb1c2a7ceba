package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.PlatformProcess;
import dev.orderflow.bench.measurement.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts what was measured into words, beside what we would like to see. */
final class OrdersReport {
  private static final String NO_AIM = "none";
  private static final int WHOLE_GROUP = 100;

  private final List<Result> results = new ArrayList<>();
  private double floor;
  private double perSecond;
  private double millisPerOrder;

  /** Everything so far. */
  List<Result> results() {
    return List.copyOf(results);
  }

  private void add(String measured, String aim, String outcome) {
    var result = new Result(measured, aim, outcome);
    System.out.println(measured + ": " + outcome);
    results.add(result);
  }

  void warmUp(WarmUp.Curve curve) {
    add("warm-up", "flat", curve.toString());
  }

  void idle(Usage perSecond) {
    add(
        "processor time of a second with nothing to do",
        NO_AIM,
        "%s; %s commits, %s flushes of the WAL"
            .formatted(
                perSecond.processorTimes(),
                one(perSecond.count(Instruments.COMMITS)),
                one(perSecond.count(Instruments.FLUSHES))));
  }

  void nothing(Figures perSecond, List<Usage> each) {
    add(
        "a `POST` that the command side refuses unread, through the gateway, 32 callers, per second",
        NO_AIM,
        spread(perSecond));
    add(
        "processor time of one of them",
        NO_AIM,
        each.stream()
            .sorted((one, other) -> Double.compare(one.platformMillis(), other.platformMillis()))
            .skip(each.size() / 2)
            .findFirst()
            .orElseThrow()
            .processorTimes());
  }

  void floor(Map<Integer, List<Double>> rates) {
    rates.forEach((group, rate) ->
        add(
            "the floor: orders per second in groups of " + group,
            NO_AIM,
            spread(new Figures(rate))));
    floor = new Figures(rates.getOrDefault(WHOLE_GROUP, List.of())).median();
  }

  void singleCommits(double rate) {
    add("commits of one row per second, 32 callers", NO_AIM, "%,.0f".formatted(rate));
  }

  void carried(Rounds.Carried carried, Usage idlePerSecond) {
    var perOrder = carried.perOrder(idlePerSecond);
    perSecond = carried.perSecond().median();
    millisPerOrder = perOrder.platformMillis();
    add("orders per second, confirmed and sold", "500", outcome(carried));
    add(
        "of the floor in groups of 100",
        "0.05, better 0.08",
        String.format(Locale.ROOT, "%.4f", perSecond / floor));
    add("processor time per order", "3 ms", perOrder.processorTimes());
    add("commits per order", "3", one(perOrder.count(Instruments.COMMITS)));
    for (var name : List.of(Instruments.FLUSHES, Instruments.CALLS, Instruments.RECORDS)) {
      add(name + " per order", NO_AIM, one(perOrder.count(name)));
    }
    add(
        "time of an answer at full load",
        NO_AIM,
        waits(
            new Figures(
                carried.answers().stream()
                    .flatMap(outcome -> outcome.millis().stream())
                    .toList())));
  }

  void lines(int lines, Rounds.Carried carried, Usage idlePerSecond) {
    var perOrder = carried.perOrder(idlePerSecond);
    add("orders of %d lines per second".formatted(lines), NO_AIM, outcome(carried));
    add(
        "processor time of one of them, of that of an order of one line",
        "2",
        String.format(
            Locale.ROOT,
            "%.2f (%s; %.1f commits)",
            perOrder.platformMillis() / millisPerOrder,
            perOrder.processorTimes(),
            perOrder.count(Instruments.COMMITS)));
  }

  void delays(Delays.Delay idle, Delays.Delay halfLoaded) {
    add("placed to confirmed, one order at a time", "median 115 ms", waits(idle.confirmed()));
    add("its answer", NO_AIM, waits(idle.answered()));
    add(
        "placed to confirmed at half of that rate",
        "99 of 100 below 250 ms",
        waits(halfLoaded.confirmed()));
    add("its answer, from when the request was due", NO_AIM, waits(halfLoaded.answered()));
  }

  void hotProduct(OrderOutcomes.Orders orders, Map<Integer, Integer> statuses) {
    add(
        "orders of one product per second, 64 customers for a minute, of those of many products",
        "1.00, and only 201",
        String.format(
            Locale.ROOT,
            "%.2f (%.0f per second); answers: %s; cancelled: %d",
            orders.perSecond() / perSecond,
            orders.perSecond(),
            statuses,
            orders.cancelled()));
  }

  void statements(
      Map<String, Integer> sent, Map<String, Integer> idle, double idleTimes, int orders) {
    var each =
        sent.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    role ->
                        (role.getValue() - idle.getOrDefault(role.getKey(), 0) * idleTimes)
                            / orders));
    add(
        "statements per order, BEGIN and COMMIT among them, while they are logged",
        NO_AIM,
        one(each.values().stream().mapToDouble(Double::doubleValue).sum())
            + each.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(role -> role.getKey() + " " + one(role.getValue()))
                .collect(Collectors.joining(", ", ": ", "")));
  }

  void profile(Map<String, String> shares) {
    shares.forEach((jvm, share) -> add("profile of " + jvm, NO_AIM, share));
  }

  void memory(Map<String, PlatformProcess> processes) {
    var each =
        processes.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, part -> part.getValue().sharedMemoryMiB()));
    add(
        "memory at the end, what is shared counted once",
        "1,536 MiB",
        "%,d MiB: ".formatted(each.values().stream().mapToLong(Long::longValue).sum())
            + processes.entrySet().stream()
                .map(part ->
                    "%s %d (RSS %d)"
                        .formatted(
                            part.getKey(),
                            each.getOrDefault(part.getKey(), 0L),
                            part.getValue().memoryMiB()))
                .collect(Collectors.joining(", ")));
  }

  private static String outcome(Rounds.Carried carried) {
    return "%s; answers: %s; cancelled: %d"
        .formatted(
            spread(carried.perSecond()),
            Customers.statuses(carried.answers()),
            carried.cancelled());
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  private static String spread(Figures figures) {
    return String.format(
        Locale.ROOT, "%,.0f (%,.0f to %,.0f)", figures.median(), figures.min(), figures.max());
  }

  private static String waits(Figures millis) {
    return String.format(
        Locale.ROOT,
        "median %.0f ms, 99 of 100 below %.0f ms, at most %.0f ms",
        millis.median(),
        millis.at(0.99),
        millis.max());
  }
}
