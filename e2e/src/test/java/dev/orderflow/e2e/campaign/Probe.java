package dev.orderflow.e2e.campaign;

import dev.orderflow.e2e.shop.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one thing four times a second, and notes when it was not answered well in two seconds.
 */
final class Probe implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);

  private final String name;
  private final Supplier<Answer> request;
  private final ConcurrentSkipListMap<Instant, Boolean> answered = new ConcurrentSkipListMap<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private Probe(String name, Supplier<Answer> request) {
    this.name = name;
    this.request = request;
  }

  static Probe start(String name, Supplier<Answer> request) {
    var probe = new Probe(name, request);
    probe.clock.scheduleAtFixedRate(
        () -> Thread.startVirtualThread(probe::ask), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return probe;
  }

  private void ask() {
    var begin = Instant.now();
    var status = request.get().status();
    var took = Duration.between(begin, Instant.now());
    answered.put(begin, status >= 200 && status < 300 && took.compareTo(ANSWERED_WITHIN) < 0);
  }

  String name() {
    return name;
  }

  /** What became of the questions of a time; those that are not answered yet are not in it. */
  Availability between(Instant from, Instant to) {
    var outage = Duration.ZERO;
    var longest = Duration.ZERO;
    @Nullable Instant failing = null;
    var asked = answered.subMap(from, to);
    for (var one : asked.entrySet()) {
      if (one.getValue()) {
        failing = null;
      } else {
        failing = failing == null ? one.getKey() : failing;
        outage = Duration.between(failing, one.getKey()).plus(EVERY);
        longest = outage.compareTo(longest) > 0 ? outage : longest;
      }
    }
    var failed = asked.values().stream().filter(ok -> !ok).count();
    return new Availability(asked.size(), failed, longest);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /**
   * @param longest the longest time without a good answer
   */
  record Availability(long asked, long failed, Duration longest) {
    static Availability of(List<Availability> parts) {
      return new Availability(
          parts.stream().mapToLong(Availability::asked).sum(),
          parts.stream().mapToLong(Availability::failed).sum(),
          parts.stream().map(Availability::longest).max(Duration::compareTo).orElseThrow());
    }

    @Override
    public String toString() {
      return "%4.1f %% of %d, longest %4.1f s"
          .formatted(100.0 * failed / Math.max(1, asked), asked, longest.toMillis() / 1000.0);
    }
  }
}
