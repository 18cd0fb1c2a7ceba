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
import org.slf4j.event.Level;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;

/**
 * A connection to PostgreSQL outside of the pool, held by a thread of its own for as long as it is
 * started, and made anew when it breaks: for LISTEN and NOTIFY. An outage is logged once.
 */
public final class ReconnectingConnection implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ReconnectingConnection.class);
  private static final int FIRST_PAUSE_MS = 200;
  private static final int MOST_DOUBLINGS = 3;
  private static final long OUTAGE_IS_OVER_NS = TimeUnit.SECONDS.toNanos(5);
  private static final String CONNECT_LIMIT_S = "2";
  private static final String ANSWER_LIMIT_S = "10";

  private final JdbcConnectionDetails database;
  private final String name;
  private final Conversation conversation;
  private @Nullable CountDownLatch stopped;

  /**
   * @param name that the connection has at the server, and the thread here
   */
  public ReconnectingConnection(
      JdbcConnectionDetails database, String name, Conversation conversation) {
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
  @Override
  public synchronized void start() {
    var stop = new CountDownLatch(1);
    stopped = stop;
    Thread.ofVirtual().name(name).start(() -> whileConnected(stop));
  }

  /** Tells the conversation to end. */
  @Override
  public synchronized void stop() {
    if (stopped != null) {
      stopped.countDown();
      stopped = null;
    }
  }

  /** Whether it was started and not stopped. */
  @Override
  public synchronized boolean isRunning() {
    return stopped != null;
  }

  private void whileConnected(CountDownLatch stop) {
    try {
      var failures = 0;
      var refusals = 0;
      do {
        refusals++;
        try (var connection = connect()) {
          // The server accepts connections, so the pauses end: one that breaks is made anew at
          // once.
          refusals = 0;
          var since = System.nanoTime();
          try {
            conversation.hold(connection, stop);
          } finally {
            if (System.nanoTime() - since > OUTAGE_IS_OVER_NS) {
              failures = 0;
            }
          }
        } catch (SQLException | RuntimeException e) {
          LOG.atLevel(failures == 0 ? Level.WARN : Level.DEBUG)
              .log("The connection {} broke: {}", name, e.getMessage());
          failures++;
        }
      } while (!stop.await(pauseAfter(refusals), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static long pauseAfter(int refusals) {
    return (long) FIRST_PAUSE_MS << Math.clamp(refusals - 1, 0, MOST_DOUBLINGS);
  }

  private Connection connect() throws SQLException {
    var settings = new Properties();
    settings.setProperty("user", database.getUsername() == null ? "" : database.getUsername());
    settings.setProperty("password", database.getPassword() == null ? "" : database.getPassword());
    settings.setProperty("tcpKeepAlive", "true");
    settings.setProperty("connectTimeout", CONNECT_LIMIT_S);
    settings.setProperty("loginTimeout", ANSWER_LIMIT_S);
    settings.setProperty("socketTimeout", ANSWER_LIMIT_S);
    settings.setProperty("ApplicationName", name);
    return DriverManager.getConnection(database.getJdbcUrl(), settings);
  }
}
