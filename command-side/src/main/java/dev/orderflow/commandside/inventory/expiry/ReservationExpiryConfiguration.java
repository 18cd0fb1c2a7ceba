package dev.orderflow.commandside.inventory.expiry;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.orderflow.api.inventory.InventoryCommand.ExpireReservations;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.platform.serialization.EventJson;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** The scheduler of the tasks, of db-scheduler. */
@Configuration(proxyBeanMethods = false)
class ReservationExpiryConfiguration {
  private static final String TABLE = "reservation_expiry";
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

  /** Few, because tasks of one product only wait for each other. */
  private static final int CONCURRENCY = 4;

  private static final double REFILL_BELOW = 0.5;
  private static final double FILL_UP_TO = 1.0;

  // A dead instance is noticed after 4 missed heartbeats, looked for at every second one: its
  // tasks are taken over within 5 s.
  private static final Duration HEARTBEAT = Duration.ofMillis(750);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(2);

  @Bean
  ReservationExpiry reservationExpiry(
      DataSource dataSource,
      ObjectProvider<CommandGateway> commands,
      @Value("${orderflow.instance}") String instance,
      Clock clock) {
    var scheduler =
        Scheduler.create(
                new TransactionAwareDataSourceProxy(dataSource), List.of(expireThrough(commands)))
            .tableName(TABLE)
            .schedulerName(new SchedulerName.Fixed("command-side-" + instance))
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
            .serializer(new JacksonSerializer(EventJson.mapper()))
            .clock(clock::instant)
            .threads(CONCURRENCY)
            .executorService(
                Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name(TABLE + "-", 0).factory()))
            .pollingInterval(POLL_INTERVAL)
            .pollUsingLockAndFetch(REFILL_BELOW, FILL_UP_TO)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(SHUTDOWN_WAIT)
            .build();
    return new ReservationExpiry(scheduler);
  }

  private static OneTimeTask<ExpireReservations> expireThrough(
      ObjectProvider<CommandGateway> commands) {
    return Tasks.oneTime(ReservationExpiry.TASK)
        .onFailure(new OnFailureRetryLater<>(RETRY_PAUSE))
        .onDeadExecutionRevive()
        .execute((task, _) -> {
          try {
            commands.getObject().execute(task.getData(), StockLevels.class);
          } catch (Rejection e) {
            throw new IllegalStateException("nothing refuses " + task.getData(), e);
          }
        });
  }
}
