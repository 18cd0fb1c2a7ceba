package dev.orderflow.platform.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A connection to PostgreSQL outside of the pool, held by a thread of its own for as long as it is
 * started, and made anew when it breaks: for LISTEN and NOTIFY.
 */
public final class KeptConnection {
  private static final Logger LOG = LoggerFactory.getLogger(KeptConnection.class);
  private static final int RECONNECT_PAUSE_MS = 200;

  private final JdbcConnectionDetails database;
  private final String name;
  private final Conversation conversation;
  private @Nullable CountDownLatch stopped;

  /**
   * @param name that the connection has at the server, and the thread here
   */
  public KeptConnection(JdbcConnectionDetails database, String name, Conversation conversation) {
    this.database = database;
    this.name = name;
    this.conversation = conversation;
  }

  /** What is done with the connection. */
  @FunctionalInterface
  public interface Conversation {
    /**
     * Goes on until it is stopped; begins anew on another connection when this one breaks.
     *
     * @param stop reaches zero when it is time to return
     */
    void hold(Connection connection, CountDownLatch stop) throws SQLException, InterruptedException;
  }

  /** Connects, in the background. */
  public synchronized void start() {
    var stop = new CountDownLatch(1);
    stopped = stop;
    Thread.ofVirtual().name(name).start(() -> whileConnected(stop));
  }

  /** Tells the conversation to end. */
  public synchronized void stop() {
    if (stopped != null) {
      stopped.countDown();
      stopped = null;
    }
  }

  /** Whether it was started and not stopped. */
  public synchronized boolean isRunning() {
    return stopped != null;
  }

  private void whileConnected(CountDownLatch stop) {
    try {
      do {
        try (var connection = connect()) {
          conversation.hold(connection, stop);
        } catch (SQLException | RuntimeException e) {
          LOG.warn("The connection {} broke: {}", name, e.getMessage());
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
    settings.setProperty("ApplicationName", name);
    return DriverManager.getConnection(database.getJdbcUrl(), settings);
  }
}
