package dev.orderflow.commandside.eventstore;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;

/**
 * Carries commit signals between instances with PostgreSQL's LISTEN and NOTIFY.
 *
 * <p>NOTIFY is sent after the commit and on a connection of its own, many commits at once: inside
 * the transactions it would take a lock of the whole database at each commit. A notification that
 * is lost with a connection is made up for by one signal after each reconnect, and by the slow poll
 * of those who wait.
 */
final class CommitNotifications implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(CommitNotifications.class);
  private static final String CHANNEL = "orderflow_commit";
  private static final int LISTEN_TIMEOUT_MS = 5_000;
  private static final int RECONNECT_PAUSE_MS = 200;

  private final JdbcConnectionDetails database;
  private final CommitSignal signal;
  private final Semaphore committed = new Semaphore(0);
  private @Nullable CountDownLatch stopped;

  CommitNotifications(JdbcConnectionDetails database, CommitSignal signal) {
    this.database = database;
    this.signal = signal;
    signal.onLocalCommit(() -> {
      if (committed.availablePermits() == 0) {
        committed.release();
      }
    });
  }

  @Override
  public synchronized void start() {
    var stop = new CountDownLatch(1);
    stopped = stop;
    Thread.ofVirtual().name("commit-notify").start(() -> whileConnected(stop, this::notifyOthers));
    Thread.ofVirtual().name("commit-listen").start(() -> whileConnected(stop, this::listen));
  }

  @Override
  public synchronized void stop() {
    if (stopped != null) {
      stopped.countDown();
      stopped = null;
      committed.release();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return stopped != null;
  }

  private void whileConnected(CountDownLatch stop, Conversation conversation) {
    try {
      do {
        try (var connection = connect()) {
          conversation.hold(connection, stop);
        } catch (SQLException | RuntimeException e) {
          LOG.warn("The connection for commit signals broke: {}", e.getMessage());
        }
      } while (!stop.await(RECONNECT_PAUSE_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Connection connect() throws SQLException {
    var settings = new Properties();
    settings.setProperty("user", database.getUsername() == null ? "" : database.getUsername());
    settings.setProperty("password", database.getPassword() == null ? "" : database.getPassword());
    settings.setProperty("tcpKeepAlive", "true");
    settings.setProperty("ApplicationName", "orderflow-commit-signals");
    return DriverManager.getConnection(database.getJdbcUrl(), settings);
  }

  private void notifyOthers(Connection connection, CountDownLatch stop)
      throws SQLException, InterruptedException {
    try (var notify = connection.prepareStatement("SELECT pg_notify('" + CHANNEL + "', '')")) {
      while (stop.getCount() > 0) {
        committed.acquire();
        try {
          notify.execute();
        } catch (SQLException e) {
          committed.release();
          throw e;
        }
      }
    }
  }

  private void listen(Connection connection, CountDownLatch stop) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
    }
    signal.committedElsewhere();
    var notifications = connection.unwrap(PGConnection.class);
    while (stop.getCount() > 0) {
      var received = notifications.getNotifications(LISTEN_TIMEOUT_MS);
      if (received != null && received.length > 0) {
        signal.committedElsewhere();
      }
    }
  }

  @FunctionalInterface
  private interface Conversation {
    void hold(Connection connection, CountDownLatch stop) throws SQLException, InterruptedException;
  }
}
