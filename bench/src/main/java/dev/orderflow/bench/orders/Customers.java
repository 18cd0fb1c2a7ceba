package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.GatewayConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Some of them at once, each with a connection of its own. */
final class Customers {
  private static final ThreadFactory THREADS = Thread.ofPlatform().name("customer-", 0).factory();
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final double MILLI = 1e6;

  private final String gateway;
  private final int count;

  /**
   * @param count how many
   */
  Customers(String gateway, int count) {
    this.gateway = gateway;
    this.count = count;
  }

  /**
   * What became of the requests.
   *
   * @param answered how many were answered as they should be
   * @param statuses how many answers there were of each status
   * @param millis how long each answer took
   * @param seconds how long all of it took
   */
  record Outcome(
      int answered, Map<Integer, Integer> statuses, List<Double> millis, double seconds) {
    double perSecond() {
      return answered / seconds;
    }

    Figures waits() {
      return new Figures(millis);
    }

    private static Outcome of(List<Visit> visits, long begin) {
      var statuses = new TreeMap<Integer, Integer>();
      var millis = new ArrayList<Double>();
      var answered = 0;
      for (var visit : visits) {
        answered += visit.answered;
        millis.addAll(visit.millis);
        visit.statuses.forEach((status, times) -> statuses.merge(status, times, Integer::sum));
      }
      return new Outcome(answered, statuses, millis, (System.nanoTime() - begin) / (MILLI * 1_000));
    }
  }

  /** Each asks again as soon as there is an answer, for so long; no request is repeated. */
  Outcome askFor(Duration time, IntFunction<OrderRequests.Request> requests) throws Exception {
    var end = System.nanoTime() + time.toNanos();
    return together(requests, () -> System.nanoTime() < end, false, Duration.ZERO);
  }

  /** The same, and a request that is refused is repeated until it is not, as good clients do. */
  Outcome insistFor(Duration time, IntFunction<OrderRequests.Request> requests) throws Exception {
    var end = System.nanoTime() + time.toNanos();
    return together(requests, () -> System.nanoTime() < end, true, Duration.ZERO);
  }

  /** So many requests, each repeated until it is answered as it should be. */
  Outcome insistOn(int number, IntFunction<OrderRequests.Request> requests) throws Exception {
    var left = new AtomicInteger(number);
    return together(requests, () -> left.getAndDecrement() > 0, true, Duration.ZERO);
  }

  /**
   * One request after another in even steps, whether or not those before are answered; how long an
   * answer took counts from when its request was due.
   */
  Outcome arriveFor(Duration time, double perSecond, IntFunction<OrderRequests.Request> requests)
      throws Exception {
    var end = System.nanoTime() + time.toNanos();
    return together(
        requests,
        () -> System.nanoTime() < end,
        true,
        Duration.ofNanos((long) (MILLI * 1_000 / perSecond)));
  }

  private Outcome together(
      IntFunction<OrderRequests.Request> requests,
      BooleanSupplier more,
      boolean insist,
      Duration step)
      throws Exception {
    var begin = System.nanoTime();
    var next = new AtomicInteger();
    try (var threads = Executors.newThreadPerTaskExecutor(THREADS)) {
      var visits =
          IntStream.range(0, count)
              .mapToObj(_ ->
                  threads.submit(() -> {
                    var visit = new Visit(insist);
                    try (var connection = new GatewayConnection(gateway)) {
                      while (more.getAsBoolean()) {
                        var number = next.getAndIncrement();
                        visit.make(
                            connection,
                            requests.apply(number),
                            begin + number * step.toNanos(),
                            !step.isZero());
                      }
                    }
                    return visit;
                  }))
              .toList();
      var made = new ArrayList<Visit>();
      for (var visit : visits) {
        made.add(visit.get());
      }
      return Outcome.of(made, begin);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a customer gave up", failure.getCause());
    }
  }

  /** What one of them has seen. */
  private static final class Visit {
    private final boolean insist;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<Double> millis = new ArrayList<>();
    private int answered;

    Visit(boolean insist) {
      this.insist = insist;
    }

    void make(GatewayConnection connection, OrderRequests.Request request, long due, boolean inTime)
        throws IOException, InterruptedException {
      if (inTime) {
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      }
      var begin = inTime ? due : System.nanoTime();
      int status;
      do {
        status =
            connection.send("POST", request.path(), request.headers(), request.body()).status();
        statuses.merge(status, 1, Integer::sum);
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw new IOException("nothing but refusals for " + PATIENCE + ", the last " + status);
        }
      } while (insist && !request.expected().contains(status));
      millis.add((System.nanoTime() - begin) / MILLI);
      if (request.expected().contains(status)) {
        answered++;
      }
    }
  }

  /** The statuses of several outcomes together. */
  static Map<Integer, Integer> statuses(List<Outcome> outcomes) {
    var all = new TreeMap<Integer, Integer>();
    outcomes.forEach(outcome ->
        outcome.statuses().forEach((status, times) -> all.merge(status, times, Integer::sum)));
    return Collections.unmodifiableMap(all);
  }
}
