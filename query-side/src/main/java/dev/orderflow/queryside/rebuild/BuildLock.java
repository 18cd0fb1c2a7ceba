package dev.orderflow.queryside.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Lets one instance at a time build a generation. It goes with the connection, so it is lost when
 * the instance dies, and also when the database was started again: what was written without waiting
 * for the disk may be lost then, too.
 */
final class BuildLock implements AutoCloseable {
  private final Connection connection;

  private BuildLock(Connection connection) {
    this.connection = connection;
  }

  /** Takes it, unless another instance has it. */
  static Optional<BuildLock> attempt(DataSource database, String projection, int generation) {
    try {
      var lock = new BuildLock(database.getConnection());
      if (lock.take(projection, generation)) {
        return Optional.of(lock);
      }
      lock.close();
      return Optional.empty();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private boolean take(String projection, int generation) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtext(?), ?)")) {
      try (var patience = connection.createStatement()) {
        patience.execute(
            """
            SET LOCAL idle_in_transaction_session_timeout = 0;
            -- The server lets go of it when the machine of the instance is gone.
            SET LOCAL tcp_keepalives_idle = 5;
            SET LOCAL tcp_keepalives_interval = 2;
            SET LOCAL tcp_keepalives_count = 3;
            SET LOCAL tcp_user_timeout = 10000\
            """);
      }
      statement.setString(1, projection);
      statement.setInt(2, generation);
      try (var row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /**
   * Returns while it is held, and was all the time. Any thread may ask.
   *
   * @throws DataAccessResourceFailureException when it is not
   */
  synchronized void check() {
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException _) {
      // The lock is gone with the connection.
    }
  }

  private static DataAccessResourceFailureException failure(SQLException cause) {
    return new DataAccessResourceFailureException("The lock of a build cannot be held", cause);
  }
}
