package dev.orderflow.saga.attempts;

import dev.orderflow.saga.tasks.TaskStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps other instances from beginning what is under way on this one. */
@Component
final class AttemptHeartbeats {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptHeartbeats.class);

  private final List<Attempts> workers;

  AttemptHeartbeats(List<Attempts> workers) {
    this.workers = workers;
  }

  @Scheduled(fixedDelay = TaskStore.HEARTBEAT_MILLIS)
  void beat() {
    try {
      workers.forEach(Attempts::heartbeat);
    } catch (RuntimeException e) {
      LOG.warn(
          "Calls that are under way may be repeated by other instances, which does no harm;"
              + " check PostgreSQL: {}",
          e.toString());
    }
  }
}
