package dev.orderflow.saga.tasks;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Which of the tasks of a kind have failed by themselves before. */
  public <T> Set<T> before(TaskKind<T> kind, Collection<T> tasks) {
    if (tasks.isEmpty()) {
      return Set.of();
    }
    var ids =
        jdbc.sql(
                "SELECT task_instance FROM own_failure WHERE task_name = ? AND task_instance = ANY (?)")
            .param(kind.name())
            .param(tasks.stream().map(kind.id()).toArray(String[]::new))
            .query(String.class)
            .set();
    var found = new HashSet<>(tasks);
    found.removeIf(task -> !ids.contains(kind.id().apply(task)));
    return found;
  }

  /** Notes a failure more of each, in the caller's transaction. Gives the histories by id. */
  Map<String, History> add(String kind, Collection<String> ids) {
    var histories = new HashMap<String, History>();
    jdbc.sql(
            """
            INSERT INTO own_failure AS known (task_name, task_instance, times, since)
            SELECT DISTINCT ?, id, 1, ?::timestamptz FROM unnest(?::text[]) AS id
            ON CONFLICT (task_name, task_instance) DO UPDATE SET times = known.times + 1
            RETURNING task_instance, times, since\
            """)
        .param(kind)
        .param(clock.instant().toString())
        .param(ids.toArray(String[]::new))
        .query(row -> {
          histories.put(
              row.getString("task_instance"),
              new History(
                  row.getInt("times"), row.getObject("since", OffsetDateTime.class).toInstant()));
        });
    return histories;
  }

  /** Forgets tasks that are done or given up, in the caller's transaction. */
  void forget(List<String> kinds, List<String> ids) {
    jdbc.sql(
            """
            DELETE FROM own_failure WHERE (task_name, task_instance) IN (
              SELECT * FROM unnest(?::text[], ?::text[]))\
            """)
        .param(kinds.toArray(String[]::new))
        .param(ids.toArray(String[]::new))
        .update();
  }
}
