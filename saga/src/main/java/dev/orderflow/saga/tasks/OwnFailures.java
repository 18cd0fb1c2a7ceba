package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.orderflow.platform.postgres.TextArray;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers what has failed by itself, and how often; across restarts and instances. */
@Component
public final class OwnFailures {
  private final JdbcClient jdbc;
  private final Clock clock;

  /** In the table {@code own_failure}. */
  public OwnFailures(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * How something has failed so far.
   *
   * @param times how often
   * @param since when it did for the first time
   */
  record History(int times, Instant since) {}

  /**
   * Which of the tasks of a kind are likely to fail by themselves: they have before, or too many of
   * their party have.
   *
   * @param party of a task; null when that cannot be told
   * @param most failures of a party that say nothing about its other tasks
   */
  public <T> Set<T> suspects(
      TaskKind<T> kind, Collection<T> tasks, Function<T, @Nullable String> party, int most) {
    if (tasks.isEmpty()) {
      return Set.of();
    }
    var failing =
        jdbc.sql(
                """
                SELECT task_instance FROM own_failure
                WHERE task_name = ? AND task_instance = ANY (?)
                UNION ALL
                (SELECT party FROM own_failure WHERE party = ANY (?)
                 GROUP BY party HAVING count(*) >= ?)\
                """)
            .param(kind.name())
            .param(TextArray.of(tasks, kind.id()))
            .param(TextArray.of(tasks, party))
            .param(most)
            .query(String.class)
            .set();
    return tasks.stream()
        .filter(
            task -> failing.contains(kind.id().apply(task)) || failing.contains(party.apply(task)))
        .collect(Collectors.toSet());
  }

  /** Notes a failure more of each, in the caller's transaction. How each has failed so far. */
  Map<TaskInstanceId, History> add(Map<TaskInstanceId, OwnFailureException> failures) {
    var histories = new HashMap<TaskInstanceId, History>();
    if (failures.isEmpty()) {
      return histories;
    }
    var tasks = List.copyOf(failures.entrySet());
    jdbc.sql(
            """
            INSERT INTO own_failure AS known (task_name, task_instance, party, times, since)
            SELECT name, id, party, 1, ?::timestamptz
            FROM unnest(?::text[], ?::text[], ?::text[]) AS failure (name, id, party)
            ON CONFLICT (task_name, task_instance) DO UPDATE SET times = known.times + 1
            RETURNING task_name, task_instance, times, since\
            """)
        .param(clock.instant().toString())
        .param(TextArray.of(tasks, task -> task.getKey().getTaskName()))
        .param(TextArray.of(tasks, task -> task.getKey().getId()))
        .param(TextArray.of(tasks, task -> task.getValue().party()))
        .query(row -> {
          histories.put(
              TaskInstanceId.of(row.getString("task_name"), row.getString("task_instance")),
              new History(
                  row.getInt("times"), row.getObject("since", OffsetDateTime.class).toInstant()));
        });
    return histories;
  }

  /** Forgets a task that is done or given up, in the caller's transaction. */
  void forget(TaskInstanceId task) {
    jdbc.sql("DELETE FROM own_failure WHERE task_name = ? AND task_instance = ?")
        .params(task.getTaskName(), task.getId())
        .update();
  }
}
