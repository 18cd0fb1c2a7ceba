package dev.orderflow.queryside.rebuild;

import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction whose statements may take longer than any of those that serve callers. */
@Component
final class LongTransaction {
  private static final int MOST_MS = 3_600_000;

  private final DataSource database;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  LongTransaction(DataSource database, JdbcClient jdbc, TransactionTemplate transaction) {
    this.database = database;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** Does the work on the caller's thread. A statement ends soon after its connection is closed. */
  <T> T run(Supplier<T> work) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          // The pool sets it back when it gets the connection back.
          waitLonger();
          jdbc.sql("SET LOCAL client_connection_check_interval = '1s'").update();
          return work.get();
        }));
  }

  private void waitLonger() {
    try {
      DataSourceUtils.getConnection(database).setNetworkTimeout(Runnable::run, MOST_MS);
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("No time can be given to a statement", e);
    }
  }
}
