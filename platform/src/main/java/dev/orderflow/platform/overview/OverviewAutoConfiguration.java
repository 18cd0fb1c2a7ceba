package dev.orderflow.platform.overview;

import dev.orderflow.platform.kafka.KafkaAutoConfiguration;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.overview.OwnOverview.Identity;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** What every process tells staff of itself. */
@AutoConfiguration(
    after = KafkaAutoConfiguration.class,
    afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
public class OverviewAutoConfiguration {
  private static final double HEAP_IS_SHORT = 0.9;
  private static final Duration ERRORS_WITHIN = Duration.ofMinutes(5);

  @Bean
  OwnOverview ownOverview(
      @Value("${spring.application.name}") String service,
      @Value("${orderflow.instance:1}") String instance,
      Environment environment,
      ObjectProvider<Shown> shown,
      ObjectProvider<Silence> silences,
      ObjectProvider<Holder> holders,
      ObjectProvider<Clock> clock) {
    return new OwnOverview(
        new Identity(
            service,
            // A number is one among the service's; a host's name is one by itself.
            instance.chars().allMatch(Character::isDigit) ? service + "-" + instance : instance,
            environment.getProperty("spring.application.version"),
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())),
        shown.stream().toList(),
        silences.stream().toList(),
        () -> holders.stream().toList(),
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  MeterValues meterValues(MeterRegistry meters) {
    return new MeterValues(meters);
  }

  /** What every process has. */
  @Bean
  Shown processShown(MeterValues meters) {
    return Shown.of(
        Check.amber(
            "errors-logged",
            meters.grownWithin(ERRORS_WITHIN, "logback.events", "level", "error"),
            "",
            1,
            "errors-are-logged"),
        Check.amber(
            "memory",
            meters.gauge("jvm.memory.usage.after.gc"),
            "",
            HEAP_IS_SHORT,
            "memory-is-short"));
  }

  /** A service, which the gateway asks. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(SpringDocConfiguration.class)
  @Import(OverviewController.class)
  static class Asked {}

  /** Where there is Kafka. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.apache.kafka.clients.admin.Admin")
  static class Kafka {
    @Bean
    @ConditionalOnBean(Topics.class)
    Silence kafkaSilence(Topics topics) {
      return new Silence("kafka", topics::requireAnswer);
    }
  }

  /** Where there is a database. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.jdbc.core.simple.JdbcClient")
  static class Database {
    private static final int PATIENCE_SECONDS = 5;
    private static final int AWAITED_SECONDS = 60;

    @Bean
    @ConditionalOnBean(DataSource.class)
    Silence databaseSilence(DataSource database) {
      return new Silence("database", () -> requireAnswer(database));
    }

    @Bean
    @ConditionalOnBean(DataSource.class)
    Shown connectionsShown(MeterValues meters) {
      return Shown.of(
          Check.amber(
              "connections-awaited",
              meters.secondsAboveZero("hikaricp.connections.pending"),
              "s",
              AWAITED_SECONDS,
              "connections-run-out"));
    }

    private static void requireAnswer(DataSource database) throws SQLException {
      try (var connection = database.getConnection()) {
        if (!connection.isValid(PATIENCE_SECONDS)) {
          throw new SQLTimeoutException("no answer");
        }
      }
    }
  }
}
