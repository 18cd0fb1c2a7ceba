package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.consumption.TransientFailure;
import dev.orderflow.queryside.projection.Feeds;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Tables;
import dev.orderflow.queryside.rebuild.Comparison.Candidates;
import dev.orderflow.queryside.rebuild.Roles.Build;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Builds a generation from the first event on, and brings it to its end: it serves, or was compared
 * with the one that does. Begun again, by this instance or another one, it reads everything again,
 * and what the rows have taken in already changes nothing.
 */
@Component
final class Builder {
  private static final Logger LOG = LoggerFactory.getLogger(Builder.class);
  private static final long TICK_MS = 250;
  private static final long LONGEST_PAUSE_MS = 30_000;

  /** So many events are taken in at most while the writers of the serving tables wait. */
  private static final long FEW = 2_000;

  private final Generations generations;
  private final Replays replays;
  private final Feeds feeds;
  private final Comparison comparison;
  private final LongTransaction longer;
  private final DataSource database;

  Builder(
      Generations generations,
      Replays replays,
      Feeds feeds,
      Comparison comparison,
      LongTransaction longer,
      DataSource database) {
    this.generations = generations;
    this.replays = replays;
    this.feeds = feeds;
    this.comparison = comparison;
    this.longer = longer;
    this.database = database;
  }

  /**
   * Builds, unless another instance does. Blocks until the generation has come to its end.
   *
   * @throws CancellationException when it is wanted no longer
   * @throws RuntimeException when something fails; it is to be begun again
   */
  void build(Projection<?> projection, Build build) throws InterruptedException {
    var lock = BuildLock.attempt(database, projection.name(), build.generation());
    if (lock.isPresent()) {
      try (var held = lock.get()) {
        new Work(projection, build.generation(), replays.subscription(projection), held).run();
      }
    }
  }

  private final class Work {
    private final Projection<?> projection;
    private final int generation;
    private final Tables tables;
    private final Subscription subscription;
    private final BuildLock lock;
    private long pause = TICK_MS;

    Work(Projection<?> projection, int generation, Subscription subscription, BuildLock lock) {
      this.projection = projection;
      this.generation = generation;
      this.tables = Generations.tables(generation);
      this.subscription = subscription;
      this.lock = lock;
    }

    void run() throws InterruptedException {
      try (var replay = replays.all(subscription, feeds.into(projection, this::take))) {
        readOn(replay);
        while (!end(replay)) {
          replay.goBack();
          rest(replay);
        }
      }
    }

    private void take(List<SequencedEvent> events) {
      // A database that was started again may have lost events before these.
      lock.check();
      generations.commitWithoutWaiting();
      var _ = projection.take(tables, events);
    }

    /** Reads until little is left, and shows how far it is. */
    private void readOn(Replay replay) throws InterruptedException {
      do {
        await(replay, replay.toTheEnds());
        tick(replay);
      } while (!isLittleLeft(replay));
    }

    private static boolean isLittleLeft(Replay replay) {
      try {
        return replay.lag() <= FEW;
      } catch (RetriableException _) {
        // Reading on waits for Kafka.
        return false;
      }
    }

    /** Does what may take long. */
    private <T> T atLength(Replay replay, Supplier<T> work) throws InterruptedException {
      var task = new FutureTask<>(() -> longer.run(work));
      Thread.ofVirtual().name("build-statement").start(task);
      try {
        return await(replay, task);
      } finally {
        // An interrupt closes the connection.
        task.cancel(true);
      }
    }

    private <T> T await(Replay replay, Future<T> work) throws InterruptedException {
      while (true) {
        tick(replay);
        try {
          return work.get(TICK_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          // It goes on.
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
    }

    private void rest(Replay replay) throws InterruptedException {
      for (var rested = 0L; rested < pause; rested += TICK_MS) {
        TimeUnit.MILLISECONDS.sleep(TICK_MS);
        tick(replay);
      }
    }

    /** Shows how far it is, and goes no further without a reason. */
    private void tick(Replay replay) {
      lock.check();
      try {
        stillWanted(generations.read(projection.name(), generation, replay.position()));
      } catch (RuntimeException e) {
        if (!TransientFailure.caused(e)) {
          throw e;
        }
        // The next tick asks again.
      }
    }

    private static void stillWanted(boolean wanted) {
      if (!wanted) {
        throw new CancellationException("It is wanted no longer");
      }
    }

    /** A topic that was created anew has all events again, and is read from its first. */
    private void stillTheTopics() {
      if (!replays.subscription(projection).equals(subscription)) {
        throw new TopicsReplacedException();
      }
    }

    /** Whether it has come to its end; when not, the rest is to be read again. */
    private boolean end(Replay replay) throws InterruptedException {
      try {
        stillTheTopics();
        atLength(
            replay,
            () -> {
              generations.index(projection, generation);
              return true;
            });
        // Much may have come in while indexes were made, or all rows were looked at.
        readOn(replay);
        var candidates = candidates(replay);
        readOn(replay);
        return end(replay, candidates);
      } catch (CancellationException | TopicsReplacedException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.warn("Generation {} of {} waits: {}", generation, projection.name(), e.getMessage());
        // Who reads meanwhile waits behind an attempt that waits for a long read.
        pauseLonger();
        return false;
      }
    }

    private void pauseLonger() {
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }

    private Candidates candidates(Replay replay) throws InterruptedException {
      var roles = generations.roles(projection.name());
      return atLength(
          replay,
          () ->
              roles.isBuilding(Purpose.COMPARISON)
                  ? comparison.different(projection, generation)
                  : comparison.older(projection, generation));
    }

    private boolean end(Replay replay, Candidates candidates) {
      try (var served = replays.behindTheGroup(subscription, feeds.serving(projection))) {
        return served.lag() <= FEW
            && generations.changing(
                projection,
                now -> {
                  stillWanted(now.isBuilding(generation));
                  generations.holdWriters(projection, generation);
                  // Now both are made to know the same events. Had one more been built with, no
                  // reader would be told of it: to what serves then, it would be nothing new.
                  var ends = served.ends();
                  served.readTo(ends);
                  replay.readTo(ends);
                  generations.commitForCertain();
                  stillTheTopics();
                  lock.check();
                  return end(now, candidates);
                });
      }
    }

    private boolean end(Roles now, Candidates candidates) {
      if (now.isBuilding(Purpose.COMPARISON)) {
        var outcome = comparison.outcome(projection, generation, candidates);
        generations.compared(projection, outcome);
        LOG.info("{} was compared with a replay: {}", projection.name(), outcome.state());
        return true;
      }
      // Rows that were different then are all that can be older, so either look was wide enough.
      var older = comparison.firstOlder(projection, generation, candidates);
      if (older.isPresent()) {
        pauseLonger();
        LOG.warn(
            "{} cannot be served by generation {}; are events missing on Kafka? {}",
            projection.name(),
            generation,
            older.get());
        return false;
      }
      generations.serve(projection, now);
      LOG.info("{} is served by generation {}", projection.name(), generation);
      return true;
    }
  }

  private static final class TopicsReplacedException extends RuntimeException {
    TopicsReplacedException() {
      super("a topic was created anew, and everything is read again");
    }
  }
}
