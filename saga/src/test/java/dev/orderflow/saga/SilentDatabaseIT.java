package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.Relay;
import dev.orderflow.platform.testing.TestPostgres;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A database whose machine is gone closes no connection: it only says nothing any more. */
class SilentDatabaseIT {
  private static final Duration LONGER_THAN_IT_IS_WAITED_FOR = Duration.ofSeconds(40);

  private final TestPostgres.Database database = TestPostgres.newDatabase();

  @Test
  void a_statement_that_is_never_answered_fails_and_does_not_keep_its_connection_for_ever()
      throws Exception {
    try (var network = new Relay(URI.create(database.url().substring(5)).getPort())) {
      new ApplicationContextRunner()
          .withInitializer(new ConfigDataApplicationContextInitializer())
          .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
          .withPropertyValues(
              "spring.datasource.url="
                  + database.url().replaceFirst(":\\d+/", ":" + network.port() + "/"),
              "spring.datasource.username=" + database.user())
          .run(service -> {
            var pool = service.getBean(DataSource.class);
            var connection = pool.getConnection();
            network.swallow();

            assertThat(CompletableFuture.runAsync(() -> ask(connection)))
                .failsWithin(LONGER_THAN_IT_IS_WAITED_FOR)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(SocketTimeoutException.class);
          });
    }
  }

  private static void ask(Connection connection) {
    try (connection;
        var statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
