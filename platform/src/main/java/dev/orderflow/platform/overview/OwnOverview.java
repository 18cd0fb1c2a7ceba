package dev.orderflow.platform.overview;

import dev.orderflow.platform.overview.Overview.CheckJson;
import dev.orderflow.platform.overview.Overview.InstanceJson;
import dev.orderflow.platform.overview.Overview.InstanceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * How this instance is. Each value is looked at by a thread of its own, so that one that hangs
 * keeps no other waiting, and nobody who asks.
 */
public final class OwnOverview implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(OwnOverview.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** A value that is older cannot be had. */
  private static final Duration OVERDUE = PAUSE.multipliedBy(3);

  private final Identity identity;
  private final List<SampledCheck> checks;
  private final List<Series> series;
  private final List<Silence> silences;
  private final Supplier<List<Holder>> holders;
  private final Clock clock;
  private final List<Thread> threads = new ArrayList<>();

  OwnOverview(
      Identity identity,
      List<Shown> shown,
      List<Silence> silences,
      Supplier<List<Holder>> holders,
      Clock clock) {
    this.identity = identity;
    this.clock = clock;
    this.checks =
        Stream.concat(
                silences.stream().map(Silence::check),
                shown.stream().flatMap(part -> part.checks().stream()))
            .map(SampledCheck::new)
            .toList();
    this.series = shown.stream().flatMap(part -> part.series().stream()).toList();
    this.silences = List.copyOf(silences);
    this.holders = holders;
  }

  /**
   * Which instance it is.
   *
   * @param version of the program; null when it is not known
   */
  record Identity(String service, String instance, @Nullable String version, Instant startedAt) {}

  /** A check with what it has come to last. */
  private final class SampledCheck {
    private final Check check;
    private volatile double value = Double.NaN;
    private volatile Instant at = clock.instant();

    SampledCheck(Check check) {
      this.check = check;
    }

    void sample() {
      value = check.value().getAsDouble();
      at = clock.instant();
    }

    CheckJson shown(Instant now) {
      var overdue = Duration.between(at, now).compareTo(OVERDUE) > 0;
      return new CheckJson(
          check.name(),
          check.of(),
          identity.service(),
          identity.instance(),
          overdue ? Status.AMBER : check.judge(value),
          overdue ? null : Overview.rounded(value),
          check.unit(),
          check.amberFrom(),
          check.redFrom(),
          check.runbook());
    }
  }

  /** From memory. */
  public Overview current() {
    var now = clock.instant();
    return Overview.of(
        now,
        checks.stream().map(check -> check.shown(now)).toList(),
        List.of(
            new InstanceJson(
                identity.service(),
                identity.instance(),
                InstanceStatus.UP,
                identity.version(),
                identity.startedAt(),
                holders.get().stream().flatMap(holder -> holder.holds().stream()).toList())),
        series.stream().flatMap(one -> Stream.ofNullable(one.shown(identity.service()))).toList());
  }

  @Override
  public synchronized void start() {
    silences.forEach(silence -> lookAgainAndAgain(silence::ask));
    checks.forEach(check -> lookAgainAndAgain(check::sample));
    series.forEach(one -> lookAgainAndAgain(() -> one.sample(clock.instant())));
  }

  private void lookAgainAndAgain(Runnable look) {
    threads.add(
        Thread.ofVirtual()
            .name("overview")
            .start(() -> {
              try {
                while (true) {
                  lookOnce(look);
                  Thread.sleep(PAUSE);
                }
              } catch (InterruptedException _) {
                LOG.trace("told to stop");
              }
            }));
  }

  private static void lookOnce(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      LOG.debug("A value of the overview cannot be had", e);
    }
  }

  @Override
  public synchronized void stop() {
    threads.forEach(Thread::interrupt);
    threads.clear();
  }

  @Override
  public synchronized boolean isRunning() {
    return !threads.isEmpty();
  }
}
