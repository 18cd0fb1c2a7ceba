package dev.orderflow.platform.deadletters;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
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
  private static final int CLAIMS_PER_TERM = 3;

  private final DeadLetterRedrive redrive;
  private final DeadLetterRetention retention;
  private final LetterSender sender;
  private final DeadLetterProperties properties;
  private final Map<String, Semaphore> places;
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ScheduledExecutorService threads;

  LetterWorker(
      DeadLetterRedrive redrive,
      DeadLetterRetention retention,
      LetterSender sender,
      DeadLetterProperties properties) {
    this.redrive = redrive;
    this.retention = retention;
    this.sender = sender;
    this.properties = properties;
    this.places =
        sender.sources().stream()
            .collect(Collectors.toMap(Function.identity(), _ -> new Semaphore(AT_ONCE)));
  }

  @Override
  public void start() {
    var started =
        Executors.newScheduledThreadPool(
            2 + AT_ONCE * places.size(), Thread.ofVirtual().name("dead-letters-", 0).factory());
    var every = properties.checkInterval().toMillis();
    var _ =
        started.scheduleWithFixedDelay(
            () -> attempt(this::look), every, every, TimeUnit.MILLISECONDS);
    var claim = DeadLetterRedrive.CLAIM.toMillis() / CLAIMS_PER_TERM;
    var _ =
        started.scheduleWithFixedDelay(
            () -> attempt(this::claimOn), claim, claim, TimeUnit.MILLISECONDS);
    threads = started;
  }

  /** Sends on what is due, soon; when the service stops before, another instance does. */
  void wake() {
    places.forEach((source, free) -> execute(() -> sendOn(source, free)));
  }

  private void execute(Runnable work) {
    var running = threads;
    if (running != null) {
      running.execute(() -> attempt(work));
    }
  }

  /** Work may take longer than a claim lasts, as a mail does with a slow server. */
  private void claimOn() {
    if (!underWay.isEmpty()) {
      redrive.claimOn(underWay);
    }
  }

  private void look() {
    attempt(sender::sendOnWhatCanGoOn);
    wake();
    places.keySet().forEach(retention::dropForeign);
    retention.forgetEnded();
  }

  private void sendOn(String source, Semaphore places) {
    if (places.tryAcquire()) {
      try {
        for (var next = redrive.claim(source); next.isPresent(); next = redrive.claim(source)) {
          // Others at the same time.
          execute(() -> sendOn(source, places));
          send(next.get());
        }
      } finally {
        places.release();
      }
    }
  }

  private void send(DeadLetter letter) {
    underWay.add(letter.id());
    try {
      sender.send(letter);
    } finally {
      underWay.remove(letter.id());
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
    var running = threads;
    threads = null;
    if (running != null) {
      running.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return threads != null;
  }
}
