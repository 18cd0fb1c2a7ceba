package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.consumption.OncePerMinute;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends letters on in the background: of each source some at a time, so that what one waits for
 * holds up no other. Which those are stands in the table, so any instance does it, also after a
 * crash.
 */
final class LetterWorker implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LetterWorker.class);
  private static final int AT_ONCE = 8;

  private final DeadLetters letters;
  private final LetterSender sender;
  private final LetterDepth depth;
  private final DeadLetterProperties properties;
  private final MeterRegistry meters;
  private final OncePerMinute standing;
  private final Map<String, Semaphore> places;
  private volatile @Nullable Threads threads;

  LetterWorker(
      DeadLetters letters,
      LetterSender sender,
      LetterDepth depth,
      DeadLetterProperties properties,
      MeterRegistry meters,
      Clock clock) {
    this.letters = letters;
    this.sender = sender;
    this.depth = depth;
    this.properties = properties;
    this.meters = meters;
    this.standing = new OncePerMinute(clock);
    this.places =
        sender.sources().stream()
            .collect(Collectors.toMap(Function.identity(), _ -> new Semaphore(AT_ONCE)));
  }

  private record Threads(ScheduledExecutorService looking, ExecutorService sending) {}

  @Override
  public void start() {
    var started =
        new Threads(
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("dead-letters").factory()),
            Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("dead-letter-", 0).factory()));
    threads = started;
    var every = properties.checkInterval().toMillis();
    var _ =
        started
            .looking()
            .scheduleWithFixedDelay(() -> attempt(this::look), every, every, TimeUnit.MILLISECONDS);
  }

  /** Sends on what is due, soon; unless the service stops before. */
  void wake() {
    var running = threads;
    if (running != null) {
      try {
        running.looking().execute(() -> attempt(() -> sendDue(running)));
      } catch (RejectedExecutionException _) {
        // Another instance, or the next life of this one, sees it in the table.
      }
    }
  }

  private void look() {
    sender.sendOnWhatCanGoOn();
    wake();
    for (var source : places.keySet()) {
      dropForeign(source);
    }
    letters.forgetEnded(properties.showEnded(), properties.maxEnded());
    var standingStill =
        depth.backlogs().entrySet().stream()
            .filter(backlog -> backlog.getValue().heldUp() > 0)
            .map(backlog -> backlog.getKey() + " at " + backlog.getValue().heldUp() + " keys")
            .toList();
    if (!standingStill.isEmpty()) {
      standing.happened(
          _ -> LOG.warn("Standing still: {}; see /admin/dead-letters", standingStill));
    }
  }

  private void dropForeign(String source) {
    var dropped = letters.dropForeign(source, properties.maxForeign());
    meters.counter("orderflow.dead.letters.dropped", "source", source).increment(dropped);
    if (dropped > 0) {
      LOG.warn(
          "{} drops the {} oldest of more than {} records that are no events of ours",
          source,
          dropped,
          properties.maxForeign());
    }
  }

  private void sendDue(Threads running) {
    places.forEach((source, places) -> {
      var free = places.drainPermits();
      try {
        for (var letter : letters.claim(source, free)) {
          running.sending().execute(() -> send(letter, places));
          free--;
        }
      } finally {
        places.release(free);
      }
    });
  }

  private void send(DeadLetter letter, Semaphore place) {
    attempt(() -> sender.send(letter));
    place.release();
    wake();
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("Dead letters are not sent on at the moment: {}", e.getMessage());
    }
  }

  @Override
  public void stop() {
    var running = threads;
    threads = null;
    if (running != null) {
      running.looking().shutdownNow();
      running.sending().shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return threads != null;
  }
}
