package dev.orderflow.bench.orders;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.MeasuredPlatform;
import dev.orderflow.bench.measurement.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to be looked at: orders per second while a console is open, and while the receiver
 * of spans is away, each against the same orders without that, in turns. These scatter by more than
 * a console costs, so its processor time is measured, too, while orders come at one pace.
 */
public final class OnlookersBenchmark {
  private static final int CUSTOMERS = 64;
  private static final int TURNS = Integer.getInteger("bench.turns", 8);
  private static final Duration TURN = Duration.ofSeconds(Integer.getInteger("bench.seconds", 10));
  private static final int OK = 200;

  /** Orders per second, whose records are about as many as an open console is told of. */
  private static final double PACE = 30;

  /** The processor time of one is less than that of the same orders differs from turn to turn. */
  private static final int CONSOLES = 10;

  private static final double MILLIS = 1_000;

  private final Customers customers;
  private final OrderRequests shop;
  private final OrderOutcomes history;
  private final Instruments instruments;
  private final int port;

  private OnlookersBenchmark(MeasuredPlatform platform, Instruments instruments, int port)
      throws Exception {
    this.instruments = instruments;
    customers = new Customers(platform.gateway(), CUSTOMERS);
    shop = new OrderRequests(platform.gateway());
    history = new OrderOutcomes(platform.database());
    this.port = port;
  }

  /** Runs it. */
  public static List<Result> run() throws Exception {
    var receiver = receiver(0);
    var port = receiver.getAddress().getPort();
    try (var platform =
            new MeasuredPlatform(
                "-Dorderflow.tracing.most-per-second=5 -Dmanagement.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:%d/v1/traces"
                    .formatted(port));
        var database = platform.database();
        var instruments = new Instruments(platform, database)) {
      return new OnlookersBenchmark(platform, instruments, port).measure(receiver);
    }
  }

  private List<Result> measure(HttpServer first) throws Exception {
    new WarmUp(customers, shop, history).run();
    var receiver = first;
    var withConsole = new ArrayList<Double>();
    var withoutReceiver = new ArrayList<Double>();
    for (var turn = 0; turn < TURNS; turn++) {
      var alone = ordersPerSecond();
      try (var _ = new OpenConsole(shop)) {
        withConsole.add(ordersPerSecond() / alone);
      }
      var again = ordersPerSecond();
      receiver.stop(0);
      withoutReceiver.add(ordersPerSecond() / again);
      receiver = receiver(port);
    }
    var ofTheConsole = new ArrayList<Double>();
    for (var turn = 0; turn < TURNS; turn++) {
      var alone = processorsAtOnePace();
      var open = new ArrayList<OpenConsole>();
      try {
        for (var console = 0; console < CONSOLES; console++) {
          open.add(new OpenConsole(shop));
        }
        ofTheConsole.add((processorsAtOnePace() - alone) / CONSOLES);
      } finally {
        for (var console : open) {
          console.close();
        }
      }
    }
    receiver.stop(0);
    var shares = new Figures(ofTheConsole);
    return List.of(
        new Result(
            "share of all processors that one of ten open consoles takes, at 30 orders per second",
            "0.02",
            "%.3f (%.3f to %.3f)".formatted(shares.median(), shares.min(), shares.max())),
        Result.ratio(
            "orders per second with one console open, over those without",
            0.98,
            new Figures(withConsole)),
        Result.ratio(
            "orders per second without a receiver of spans, over those with one",
            1.0,
            new Figures(withoutReceiver)));
  }

  private double ordersPerSecond() throws Exception {
    var newest = history.newest();
    var outcome = customers.insistFor(TURN, number -> shop.order(number, 1));
    return history.drained(newest, outcome.answered()).perSecond();
  }

  /** The share of all processors that the platform takes. */
  private double processorsAtOnePace() throws Exception {
    var newest = history.newest();
    var before = instruments.processorNow();
    var outcome = customers.arriveFor(TURN, PACE, number -> shop.order(number, 1));
    history.drained(newest, outcome.answered());
    var used = instruments.processorNow().since(before).perSecond();
    return used.platformMillis() / MILLIS / Runtime.getRuntime().availableProcessors();
  }

  /** Takes spans in, and keeps none. */
  private static HttpServer receiver(int port) throws IOException {
    var receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
          exchange.sendResponseHeaders(OK, -1);
          exchange.close();
        });
    receiver.start();
    return receiver;
  }
}
