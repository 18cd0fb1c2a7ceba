package dev.orderflow.commandside.publication;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes committed events to Kafka: in the order of the event store, at least once, by one instance
 * at a time.
 *
 * <p>The event store is the outbox. The token says how far it is published; it moves only after
 * Kafka has acknowledged a whole batch, and only while this instance holds the claim on it. After a
 * failure the batch is sent again from the stored token, so records may repeat, never be missing.
 */
final class Publication implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
  static final String NAME = "publication";
  static final int SEGMENT = 0;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final int SIGNS_OF_LIFE_PER_CLAIM = 3;

  private final CommittedEvents events;
  private final KafkaPublisher publisher;
  private final PublishedTopics topics;
  private final Republication republication;
  private final TokenStore tokens;
  private final TransactionManager transactions;
  private final Duration fallbackPoll;
  private final Duration claimInterval;
  private final Duration topicCheckInterval;
  private final Semaphore wakeUp = new Semaphore(0);
  private @Nullable Thread worker;
  private @Nullable CountDownLatch stopped;

  Publication(
      CommittedEvents events,
      KafkaPublisher publisher,
      PublishedTopics topics,
      Republication republication,
      TokenStore tokens,
      TransactionManager transactions,
      PublicationProperties properties,
      Duration topicCheckInterval) {
    this.events = events;
    this.publisher = publisher;
    this.topics = topics;
    this.republication = republication;
    this.tokens = tokens;
    this.transactions = transactions;
    this.fallbackPoll = properties.fallbackPoll();
    this.topicCheckInterval = topicCheckInterval;
    this.claimInterval = properties.claimTimeout().dividedBy(SIGNS_OF_LIFE_PER_CLAIM);
  }

  /** There may be new events. */
  void wakeUp() {
    if (wakeUp.availablePermits() == 0) {
      wakeUp.release();
    }
  }

  @Override
  public synchronized void start() {
    var stop = new CountDownLatch(1);
    stopped = stop;
    worker = Thread.ofVirtual().name(NAME).start(() -> run(stop));
  }

  @Override
  public void stop() {
    Thread stopping;
    synchronized (this) {
      if (stopped == null || worker == null) {
        return;
      }
      stopped.countDown();
      stopped = null;
      stopping = worker;
    }
    stopping.interrupt();
    try {
      stopping.join(STOP_TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return stopped != null;
  }

  private void run(CountDownLatch stop) {
    try {
      while (stop.getCount() > 0) {
        try {
          publishWhileClaimed(stop);
        } catch (UnableToClaimTokenException _) {
          pause(stop, claimInterval);
        } catch (RuntimeException e) {
          LOG.warn("Publication is held up, and goes on as soon as it can: {}", e.toString());
          pause(stop, PAUSE_AFTER_FAILURE);
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("Publication was told to stop");
    } finally {
      publisher.close();
    }
  }

  private void publishWhileClaimed(CountDownLatch stop) throws InterruptedException {
    var token = claim();
    var topicsLookedAt = System.nanoTime();
    LOG.info("This instance publishes the events");
    try {
      while (stop.getCount() > 0) {
        wakeUp.drainPermits();
        var batch = events.after(token);
        if (batch.isEmpty() && republication.isRequested()) {
          token = afterLookingAtTopics(token);
        } else if (batch.isEmpty()) {
          awaitWakeUp();
        } else {
          publisher.publish(batch);
          token = batch.getLast().trackingToken();
          var published = token;
          transactions.executeInTransaction(() -> {
            store(published);
            republication.publishedUpTo(published.position().orElseThrow());
          });
        }
        if (System.nanoTime() - topicsLookedAt > topicCheckInterval.toNanos()) {
          token = afterLookingAtTopics(token);
          topicsLookedAt = System.nanoTime();
        }
      }
    } finally {
      release();
    }
  }

  private @Nullable TrackingToken claim() {
    var token =
        transactions.fetchInTransaction(() -> {
          if (tokens.fetchSegments(NAME).length == 0) {
            tokens.initializeTokenSegments(NAME, 1, null);
          }
          return tokens.fetchToken(NAME, SEGMENT);
        });
    return afterLookingAtTopics(token);
  }

  /**
   * Starts from the first event again when a topic has lost what was published to it, or an
   * operator wants it.
   */
  private @Nullable TrackingToken afterLookingAtTopics(@Nullable TrackingToken token) {
    var current = topics.ensure();
    return transactions.fetchInTransaction(() -> {
      if (!topics.anyReplaced(current) && !republication.isRequested()) {
        return token;
      }
      LOG.warn("Publishing every event again");
      store(null);
      republication.begin();
      return null;
    });
  }

  /** Only while the claim is ours: the store itself would take a token that nobody claims. */
  private void store(@Nullable TrackingToken token) {
    tokens.extendClaim(NAME, SEGMENT);
    tokens.storeToken(token, NAME, SEGMENT);
  }

  /** Waits for a signal, showing signs of life meanwhile. */
  private void awaitWakeUp() throws InterruptedException {
    var deadline = System.nanoTime() + fallbackPoll.toNanos();
    long left;
    while ((left = deadline - System.nanoTime()) > 0) {
      if (wakeUp.tryAcquire(Math.min(left, claimInterval.toNanos()), TimeUnit.NANOSECONDS)) {
        return;
      }
      transactions.executeInTransaction(() -> tokens.extendClaim(NAME, SEGMENT));
    }
  }

  private void release() {
    try {
      transactions.executeInTransaction(() -> tokens.releaseClaim(NAME, SEGMENT));
    } catch (RuntimeException e) {
      LOG.debug("The claim could not be released; it runs out", e);
    }
  }

  private static void pause(CountDownLatch stop, Duration duration) throws InterruptedException {
    if (stop.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.debug("Told to stop");
    }
  }
}
