package dev.orderflow.commandside.publication;

import dev.orderflow.commandside.eventstore.CommittedEvents;
import dev.orderflow.commandside.eventstore.CommittedEvents.StoredEvent;
import dev.orderflow.platform.liveness.OngoingWork;
import dev.orderflow.platform.liveness.Steps;
import dev.orderflow.platform.overview.Holder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes committed events to Kafka: in the order of the event store, at least once, by one instance
 * at a time.
 *
 * <p>The event store is the outbox. The token says how far it is published; it moves only after
 * Kafka has acknowledged a whole batch, and only while this instance holds the claim on it. After a
 * failure the batch is sent again from the stored token, so records may repeat, never be missing.
 */
final class Publication implements SmartLifecycle, OngoingWork, Holder {
  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final int SIGNS_OF_LIFE_PER_CLAIM = 3;

  /** Most events that are sent before their acknowledgements are awaited. */
  private static final int MOST_AT_ONCE = 500;

  /** From how many events in a batch the next ones gather as long as they may. */
  private static final int MANY = 10;

  private final CommittedEvents events;
  private final KafkaPublisher publisher;
  private final PublishedTopics topics;
  private final Republication republication;
  private final PublicationPosition position;
  private final TransactionTemplate transaction;
  private final CommitSignal signal;
  private final WaitingEvents waiting;
  private final PublicationLag lag;
  private final Duration linger;
  private final Duration fallbackPoll;
  private final Duration claimInterval;
  private final Duration topicCheckInterval;
  private final Semaphore wakeUp = new Semaphore(0);
  private final Steps steps = new Steps();
  private long topicsLookedAt;
  private @Nullable Thread worker;
  private @Nullable CountDownLatch stopped;

  Publication(
      CommittedEvents events,
      KafkaPublisher publisher,
      PublishedTopics topics,
      Republication republication,
      PublicationPosition position,
      TransactionTemplate transaction,
      CommitSignal signal,
      WaitingEvents waiting,
      PublicationLag lag,
      PublicationProperties properties,
      Duration topicCheckInterval) {
    this.events = events;
    this.publisher = publisher;
    this.topics = topics;
    this.republication = republication;
    this.position = position;
    this.transaction = transaction;
    this.signal = signal;
    this.waiting = waiting;
    this.lag = lag;
    this.linger = properties.linger();
    this.fallbackPoll = properties.fallbackPoll();
    this.topicCheckInterval = topicCheckInterval;
    this.claimInterval = PublicationPosition.CLAIM_TIMEOUT.dividedBy(SIGNS_OF_LIFE_PER_CLAIM);
    signal.onCommit(this::wakeUp);
  }

  private void wakeUp() {
    waiting.committed();
    if (wakeUp.availablePermits() == 0) {
      wakeUp.release();
    }
  }

  @Override
  public synchronized void start() {
    var stop = new CountDownLatch(1);
    stopped = stop;
    worker = Thread.ofVirtual().name(PublicationPosition.NAME).start(() -> run(stop));
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
  public String workName() {
    return PublicationPosition.NAME;
  }

  @Override
  public Duration sinceLastStep() {
    return steps.sinceLast();
  }

  @Override
  public List<String> holds() {
    return signal.isPublishedHere() ? List.of(PublicationPosition.NAME) : List.of();
  }

  @Override
  public synchronized boolean isRunning() {
    return stopped != null;
  }

  private void run(CountDownLatch stop) {
    try {
      while (stop.getCount() > 0) {
        steps.step();
        try {
          publishWhileClaimed(stop);
        } catch (PublicationPosition.NotClaimedException _) {
          waiting.waitElsewhere();
          pause(stop, claimInterval);
        } catch (RuntimeException | Error e) {
          // Whatever it is, nobody else would begin anew.
          LOG.warn(
              "Publication is held up. Events are kept, and tried again every {} ms; check Kafka and"
                  + " PostgreSQL if it lasts: {}",
              PAUSE_AFTER_FAILURE.toMillis(),
              e.toString());
          pause(stop, PAUSE_AFTER_FAILURE);
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("Publication was told to stop");
    } finally {
      steps.end();
      publisher.close();
    }
  }

  private void publishWhileClaimed(CountDownLatch stop) throws InterruptedException {
    var token = position.claim();
    var again = republication.isUnderWay();
    if (again) {
      LOG.warn(
          "Publishing every event again. Consumers ignore what they know; GET /admin/publication"
              + " shows the progress");
    }
    lookAtTopics();
    var next = System.nanoTime();
    LOG.info("This instance publishes the events");
    signal.publishedHere(true);
    try {
      while (stop.getCount() > 0) {
        steps.step();
        wakeUp.drainPermits();
        var looked = System.nanoTime();
        var batch = events.after(token, MOST_AT_ONCE);
        if (!batch.isEmpty()) {
          next = System.nanoTime() + gather(batch.size()).toNanos();
          token = batch.getLast().token();
          if (again) {
            again = republish(batch);
          } else {
            publish(batch);
          }
        }
        if (batch.size() < MOST_AT_ONCE) {
          waiting.publishedAllOf(looked);
          awaitWakeUp(token);
          pause(stop, Duration.ofNanos(next - System.nanoTime()));
        }
        lookAtTopicsWhenDue();
      }
    } finally {
      signal.publishedHere(false);
      release();
    }
  }

  /** Few events wait briefly: a single order is hardly delayed. */
  private Duration gather(int events) {
    return linger.multipliedBy(Math.min(events, MANY)).dividedBy(MANY);
  }

  private void publish(List<StoredEvent> batch) {
    publisher.publish(batch);
    lag.published(batch);
    position.move(batch.getLast().token());
  }

  /** Returns whether the events that follow were published before, too. */
  private boolean republish(List<StoredEvent> batch) {
    publisher.republish(batch);
    var token = batch.getLast().token();
    transaction.executeWithoutResult(_ -> {
      position.move(token);
      republication.publishedUpTo(token.position().orElseThrow());
    });
    return republication.isUnderWay();
  }

  /** A topic that has lost what was published to it gets every event again. */
  private void lookAtTopics() {
    var current = topics.ensure();
    var replaced =
        transaction.execute(_ -> {
          if (!topics.anyReplaced(current)) {
            return false;
          }
          republication.beginAnew();
          return true;
        });
    if (Boolean.TRUE.equals(replaced)) {
      // With the claim went the token: what follows it must not come before the first event.
      throw new PublicationPosition.NotClaimedException();
    }
    topicsLookedAt = System.nanoTime();
  }

  private void lookAtTopicsWhenDue() {
    if (System.nanoTime() - topicsLookedAt > topicCheckInterval.toNanos()) {
      lookAtTopics();
    }
  }

  /** Waits for a signal. Meanwhile it renews the claim and looks at the topics. */
  private void awaitWakeUp(@Nullable TrackingToken token) throws InterruptedException {
    var deadline = System.nanoTime() + fallbackPoll.toNanos();
    long left;
    while ((left = deadline - System.nanoTime()) > 0
        && !wakeUp.tryAcquire(Math.min(left, claimInterval.toNanos()), TimeUnit.NANOSECONDS)) {
      lookAtTopicsWhenDue();
      position.move(token);
    }
  }

  private void release() {
    try {
      position.release();
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
