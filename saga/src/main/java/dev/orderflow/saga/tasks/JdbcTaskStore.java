package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.postgres.TextArray;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.tasks.OwnFailures.History;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes sets of tasks into a table of db-scheduler's, each set in one statement. */
final class JdbcTaskStore implements TaskStore {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcTaskStore.class);

  private final String table;
  private final String holder;
  private final JdbcClient jdbc;
  private final TaskTraces traces;
  private final DeadLetters letters;
  private final OwnFailures ownFailures;
  private final RetryDelays delays;
  private final WakeUp wakeUp;
  private final Clock clock;

  /**
   * @param holder names what is under way on this instance in {@code picked_by}; not the scheduler
   */
  JdbcTaskStore(
      Worker worker,
      String holder,
      JdbcClient jdbc,
      DeadLetters letters,
      OwnFailures ownFailures,
      RetryDelays delays,
      WakeUp wakeUp,
      Clock clock) {
    this.table = worker.taskTable();
    this.holder = holder;
    this.jdbc = jdbc;
    this.traces = new TaskTraces(jdbc);
    this.letters = letters;
    this.ownFailures = ownFailures;
    this.delays = delays;
    this.wakeUp = wakeUp;
    this.clock = clock;
  }

  @Override
  public void add(List<Attempt<?>> attempts) {
    var tasks = new ArrayList<Attempt<?>>();
    for (var attempt : attempts) {
      if (attempt.isRefused()) {
        attempt.giveUp(traces, letters);
      } else {
        tasks.add(attempt);
      }
    }
    if (tasks.isEmpty()) {
      return;
    }
    var histories = noteOwnFailures(tasks);
    var due = tasks.stream().map(task -> dueOf(task, histories)).toList();
    jdbc.sql(
            """
            INSERT INTO %s AS stored (task_name, task_instance, task_data, execution_time, picked,
              consecutive_failures, version, traceparent)
            SELECT DISTINCT ON (name, id) name, id, convert_to(data, 'UTF8'), due, false, 1, 1,
              traceparent
            FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[])
              AS task (name, id, data, due, traceparent)
            ON CONFLICT (task_name, task_instance) DO UPDATE
            SET execution_time = excluded.execution_time, consecutive_failures = 1,
              picked = false, picked_by = NULL, last_heartbeat = NULL
            WHERE NOT stored.picked OR stored.picked_by = ?\
            """
                .formatted(table))
        .param(TextArray.of(tasks, task -> task.kind().name()))
        .param(TextArray.of(tasks, Attempt::id))
        .param(TextArray.of(tasks, Attempt::json))
        .param(TextArray.of(due, Instant::toString))
        .param(TextArray.of(tasks, task -> Traces.of(task.order())))
        .param(holder)
        .update();
    due.forEach(wakeUp::at);
  }

  @Override
  public void hold(List<Attempt<?>> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO %s (task_name, task_instance, task_data, execution_time, picked, picked_by,
              last_heartbeat, consecutive_failures, version, traceparent)
            SELECT DISTINCT ON (name, id) name, id, convert_to(data, 'UTF8'), ?::timestamptz, true, ?,
              clock_timestamp(), 0, 1, traceparent
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
              AS task (name, id, data, traceparent)
            ON CONFLICT (task_name, task_instance) DO NOTHING\
            """
                .formatted(table))
        .param(clock.instant().toString())
        .param(holder)
        .param(TextArray.of(attempts, attempt -> attempt.kind().name()))
        .param(TextArray.of(attempts, Attempt::id))
        .param(TextArray.of(attempts, Attempt::json))
        .param(TextArray.of(attempts, attempt -> Traces.of(attempt.order())))
        .update();
  }

  /**
   * At the time at which it is written, which may be some time after it was wanted. Waits for no
   * row: one that is locked is being taken out, or over.
   */
  @Override
  public void heartbeat(List<Attempt<?>> attempts) {
    jdbc.sql(
            """
            UPDATE %1$s SET last_heartbeat = clock_timestamp()
            WHERE (task_name, task_instance) IN (
              SELECT task_name, task_instance
              FROM unnest(?::text[], ?::text[]) AS held (task_name, task_instance)
              JOIN %1$s AS task USING (task_name, task_instance) WHERE picked_by = ?
              FOR UPDATE OF task SKIP LOCKED)\
            """
                .formatted(table))
        .param(TextArray.of(attempts, attempt -> attempt.kind().name()))
        .param(TextArray.of(attempts, Attempt::id))
        .param(holder)
        .update();
  }

  @Override
  public void remove(List<Attempt<?>> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            WITH ended (name, id) AS (SELECT * FROM unnest(?::text[], ?::text[])),
              forgotten AS (
                DELETE FROM own_failure WHERE (task_name, task_instance) IN (SELECT * FROM ended))
            DELETE FROM %s WHERE (NOT picked OR picked_by = ?)
              AND (task_name, task_instance) IN (SELECT * FROM ended)\
            """
                .formatted(table))
        .param(TextArray.of(attempts, attempt -> attempt.kind().name()))
        .param(TextArray.of(attempts, Attempt::id))
        .param(holder)
        .update();
  }

  private Map<TaskInstanceId, History> noteOwnFailures(List<Attempt<?>> tasks) {
    var failures = new HashMap<TaskInstanceId, OwnFailureException>();
    for (var task : tasks) {
      if (task.failure() instanceof OwnFailureException own) {
        failures.put(idOf(task), own);
      }
    }
    return ownFailures.add(failures);
  }

  private static TaskInstanceId idOf(Attempt<?> attempt) {
    return TaskInstanceId.of(attempt.kind().name(), attempt.id());
  }

  private Instant dueOf(Attempt<?> attempt, Map<TaskInstanceId, History> histories) {
    var failure = Objects.requireNonNull(attempt.failure(), "failure");
    var delay =
        failure instanceof OwnFailureException own
            ? delays.after(own, Objects.requireNonNull(histories.get(idOf(attempt))).times())
            : delays.after(1);
    LOG.warn("{}/{} failed: {}", attempt.kind().name(), attempt.id(), failure.toString());
    return clock.instant().plus(delay);
  }
}
