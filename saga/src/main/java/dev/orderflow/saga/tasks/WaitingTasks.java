package dev.orderflow.saga.tasks;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.orderflow.saga.Worker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many tasks wait to be done: those that are due and those that have failed, which come due
 * within seconds. Those of a first attempt that is under way are none of them.
 */
@Component
final class WaitingTasks implements MeterBinder {
  /** More are not counted; what is due or failed comes first. */
  private static final int MOST = 10_000;

  private static final Duration COUNTED_EVERY = Duration.ofSeconds(5);

  private final JdbcClient jdbc;

  WaitingTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var worker : Worker.values()) {
      Supplier<Number> counted =
          Suppliers.memoizeWithExpiration(() -> count(worker), COUNTED_EVERY);
      Gauge.builder("orderflow.tasks.waiting", counted)
          .description("Tasks that are due or have failed; the same on every instance")
          .tag("worker", worker.id())
          .register(registry);
    }
  }

  private long count(Worker worker) {
    return jdbc.sql(
            """
            SELECT count(*) FROM (
              SELECT execution_time, consecutive_failures FROM %s
              WHERE consecutive_failures > 0 OR NOT picked
              ORDER BY execution_time LIMIT %d) AS first_due
            WHERE consecutive_failures > 0 OR execution_time <= now()\
            """
                .formatted(worker.taskTable(), MOST))
        .query(Long.class)
        .single();
  }
}
