package dev.orderflow.queryside.rebuild;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction whose statements may take longer than any of those that serve callers. */
@Component
final class LongTransaction {
  private static final int MOST_MS = 3_600_000;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  LongTransaction(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** Does the work on the caller's thread. A statement ends soon after its connection is closed. */
  <T> T run(Supplier<T> work) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          // The pool sets it back when it gets the connection back.
          jdbc.execute(
              (ConnectionCallback<Boolean>)
                  connection -> {
                    connection.setNetworkTimeout(Runnable::run, MOST_MS);
                    return true;
                  });
          jdbc.execute("SET LOCAL client_connection_check_interval = '1s'");
          return work.get();
        }));
  }
}
