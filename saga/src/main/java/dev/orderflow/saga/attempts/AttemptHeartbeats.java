package dev.orderflow.saga.attempts;

import dev.orderflow.saga.tasks.TaskStore;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps other instances from beginning what is under way on this one: on a thread of its own, since
 * what is scheduled otherwise may wait for the command side; and until the end, since calls go on
 * while this instance stops.
 */
@Component
final class AttemptHeartbeats {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptHeartbeats.class);

  private final List<Attempts> workers;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("attempt-heartbeats").factory());

  AttemptHeartbeats(List<Attempts> workers) {
    this.workers = workers;
    var _ =
        thread.scheduleWithFixedDelay(
            this::beat, 0, TaskStore.HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    try {
      workers.forEach(Attempts::heartbeat);
    } catch (RuntimeException | Error e) {
      // There would be no further heartbeat if this one ended with it.
      LOG.warn(
          "Other instances may repeat calls that are under way here, and so send a mail twice;"
              + " check PostgreSQL: {}",
          e.toString());
    }
  }

  @PreDestroy
  void stop() {
    thread.shutdown();
  }
}
