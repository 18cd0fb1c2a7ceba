package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A server that is gone may leave its connections open: nothing comes any more, not even an end.
 */
@ExtendWith(SharedCommandSide.class)
class SilentDatabaseIT {
  @Test
  void a_database_that_does_not_answer_is_given_up(RunningCommandSide commandSide) {
    var database = JdbcClient.create(commandSide.first().bean(DataSource.class));

    assertThatThrownBy(() -> database.sql("SELECT pg_sleep(15)").query().listOfRows())
        .hasRootCauseInstanceOf(SocketTimeoutException.class);
  }
}
