package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Series;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.overview.Together;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The schedulers, of db-scheduler. Who does the tasks are the beans of type {@link TaskHandlers}. A
 * scheduler picks whatever is due in its table, also what it has no handler for: hence a table for
 * each worker.
 */
@Configuration(proxyBeanMethods = false)
class TaskConfiguration {
  // A dead instance is noticed after 4 missed heartbeats, looked for at every second one: its
  // tasks are taken over within 5 s.
  private static final Duration HEARTBEAT = Duration.ofMillis(TaskStore.HEARTBEAT_MILLIS);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(2);
  private static final double REFILL_BELOW = 0.5;
  private static final double FILL_UP_TO = 1.0;

  private static final int MANY_WAIT = 100;

  @Bean
  TaskQueues taskQueues(
      DataSource dataSource,
      JdbcClient jdbc,
      List<TaskHandlers> handlers,
      TaskProperties properties,
      DeadLetters letters,
      OwnFailures ownFailures,
      TransactionTemplate transaction,
      Traces traces,
      @Value("${orderflow.instance}") String instance,
      Clock clock) {
    var delays = new RetryDelays(new Random(), properties.firstPause(), properties.longestPause());
    var stored = new TaskTraces(jdbc);
    var failures =
        new FailedTasks(
            delays, letters, ownFailures, stored, properties.giveUpAfter(), transaction);
    var schedulers = new ArrayList<Scheduler>();
    var stores = new EnumMap<Worker, TaskStore>(Worker.class);
    for (var worker : Worker.values()) {
      List<Task<?>> tasks =
          handlers.stream()
              .flatMap(part -> part.handlers().stream())
              .filter(handler -> handler.kind().worker() == worker)
              .<Task<?>>map(handler -> handler.task(failures, ownFailures, stored, traces))
              .toList();
      var scheduler = scheduler(worker, tasks, dataSource, properties, instance, clock);
      var wakeUp = new WakeUp(clock, scheduler::triggerCheckForDueExecutions);
      scheduler.registerSchedulerListener(wakeUp);
      schedulers.add(scheduler);
      stores.put(
          worker,
          new JdbcTaskStore(
              worker, "attempts-" + instance, jdbc, letters, ownFailures, delays, wakeUp, clock));
    }
    return new TaskQueues(schedulers, stores);
  }

  @Bean
  Shown tasksShown(MeterValues meters) {
    return new Shown(
        Arrays.stream(Worker.values())
            .map(worker ->
                Check.amber(
                        "tasks-waiting",
                        meters.gauge("orderflow.tasks.waiting", "worker", worker.id()),
                        "",
                        MANY_WAIT,
                        "tasks-wait")
                    .of(worker.id()))
            .toList(),
        Arrays.stream(Worker.values())
            .map(worker ->
                new Series(
                    "tasks.waiting",
                    worker.id(),
                    "",
                    Together.MAX,
                    meters.gauge("orderflow.tasks.waiting", "worker", worker.id())))
            .toList());
  }

  private static Scheduler scheduler(
      Worker worker,
      List<Task<?>> tasks,
      DataSource dataSource,
      TaskProperties properties,
      String instance,
      Clock clock) {
    return Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), tasks)
        .tableName(worker.taskTable())
        .schedulerName(new SchedulerName.Fixed("saga-" + instance))
        .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
        .serializer(new JacksonSerializer(EventJson.mapper()))
        .clock(clock::instant)
        .threads(properties.taskConcurrency())
        .executorService(
            Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(worker.taskTable() + "-", 0).factory()))
        .pollingInterval(properties.taskPollInterval())
        .pollUsingLockAndFetch(REFILL_BELOW, FILL_UP_TO)
        .heartbeatInterval(HEARTBEAT)
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(SHUTDOWN_WAIT)
        .failureLogging(LogLevel.OFF, false)
        .build();
  }
}
