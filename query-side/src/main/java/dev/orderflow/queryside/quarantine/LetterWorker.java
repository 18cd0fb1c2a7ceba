package dev.orderflow.queryside.quarantine;

import dev.orderflow.platform.consumption.OncePerMinute;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sends letters on, on a thread of its own: a queue of them may be long. */
@Component
class LetterWorker implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LetterWorker.class);

  private final LetterRetry retry;
  private final ForeignLetters foreign;
  private final LetterDepth depth;
  private final OncePerMinute standing;
  private final Duration lookEvery;
  private volatile @Nullable ScheduledExecutorService thread;

  LetterWorker(
      LetterRetry retry,
      ForeignLetters foreign,
      LetterDepth depth,
      QuarantineProperties properties,
      Clock clock) {
    this.retry = retry;
    this.foreign = foreign;
    this.depth = depth;
    this.standing = new OncePerMinute(clock);
    this.lookEvery = properties.checkInterval();
  }

  @Override
  public void start() {
    var started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("dead-letters").factory());
    var _ =
        started.scheduleWithFixedDelay(
            () -> attempt(this::look), 0, lookEvery.toMillis(), TimeUnit.MILLISECONDS);
    thread = started;
  }

  private void look() {
    retry.sendOnWhatCanGoOn();
    foreign.dropOldest();
    var standingStill =
        depth.backlogs().entrySet().stream()
            .filter(backlog -> backlog.getValue().heldUp() > 0)
            .map(backlog -> backlog.getKey() + " at " + backlog.getValue().heldUp() + " keys")
            .toList();
    if (!standingStill.isEmpty()) {
      standing.happened(_ ->
          LOG.warn("Standing still: {}; see /admin/projections/NAME/dead-letters", standingStill));
    }
  }

  /** Does it soon, unless the service stops before. */
  void submit(Runnable work) {
    var running = thread;
    if (running != null) {
      running.execute(() -> attempt(work));
    }
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
    var running = thread;
    thread = null;
    if (running != null) {
      running.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
