package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.queryside.projection.Feeds;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Tables;
import dev.orderflow.queryside.rebuild.Comparison.Candidates;
import dev.orderflow.queryside.rebuild.Roles.Build;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
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

  /** So many events are taken in at most while the writers of the serving tables wait. */
  private static final long FEW = 2_000;

  private final Generations generations;
  private final Replays replays;
  private final Feeds feeds;
  private final Comparison comparison;
  private final DataSource database;

  Builder(
      Generations generations,
      Replays replays,
      Feeds feeds,
      Comparison comparison,
      DataSource database) {
    this.generations = generations;
    this.replays = replays;
    this.feeds = feeds;
    this.comparison = comparison;
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
        generations.index(projection, generation);
        do {
          readOn(replay);
          lock.check();
        } while (!end(replay));
      }
    }

    private void take(List<SequencedEvent> events) {
      generations.commitWithoutWaiting();
      var _ = projection.take(tables, events);
    }

    /** Reads until little is left, and shows how far it is. */
    private void readOn(Replay replay) throws InterruptedException {
      do {
        var reading = replay.toTheEnds();
        do {
          stillWanted(generations.read(projection.name(), generation, replay.position()));
        } while (!isDone(reading));
        stillWanted(generations.read(projection.name(), generation, replay.position()));
      } while (replay.lag() > FEW);
    }

    private static boolean isDone(CompletableFuture<Void> reading) throws InterruptedException {
      try {
        reading.get(TICK_MS, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException _) {
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }

    private static void stillWanted(boolean wanted) {
      if (!wanted) {
        throw new CancellationException("It is wanted no longer");
      }
    }

    /** Whether it has come to its end; when not, the rest is to be read again. */
    private boolean end(Replay replay) throws InterruptedException {
      var roles = generations.roles(projection.name());
      var candidates =
          roles.isBuilding(Purpose.COMPARISON)
              ? comparison.different(projection, tables)
              : comparison.older(projection, tables);
      replay.mark();
      try (var served = replays.behindTheGroup(subscription, feeds.serving(projection))) {
        if (served.lag() <= FEW
            && generations.changing(
                projection,
                now -> {
                  stillWanted(now.isBuilding(generation));
                  generations.holdWriters(projection);
                  // Now both are made to know every event that there is.
                  served.toTheEndsHere();
                  replay.toTheEndsHere();
                  lock.check();
                  return end(now, candidates);
                })) {
          return true;
        }
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.info("Generation {} of {} waits: {}", generation, projection.name(), e.getMessage());
      }
      replay.goBack();
      TimeUnit.MILLISECONDS.sleep(TICK_MS);
      return false;
    }

    private boolean end(Roles now, Candidates candidates) {
      if (now.isBuilding(Purpose.COMPARISON)) {
        var outcome = comparison.outcome(projection, tables, candidates);
        generations.compared(projection, generation, outcome);
        LOG.info("{} was compared with a replay: {}", projection.name(), outcome.state());
        return true;
      }
      // Rows that were different then are all that can be older, so either look was wide enough.
      var older = comparison.firstOlder(projection, tables, candidates);
      if (older.isPresent()) {
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
}
