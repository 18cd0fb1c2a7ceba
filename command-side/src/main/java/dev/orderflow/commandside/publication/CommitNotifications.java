package dev.orderflow.commandside.publication;

import dev.orderflow.platform.postgres.Notifications;
import dev.orderflow.platform.postgres.ReconnectingConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Carries commit signals between instances with PostgreSQL's LISTEN and NOTIFY.
 *
 * <p>NOTIFY is sent after the commit and on a connection of its own, many commits at once: inside
 * the transactions it would take a lock of the whole database at each commit. A notification that
 * is lost with a connection is made up for by one signal after each reconnect, and by the slow poll
 * of the publisher.
 */
@Component
final class CommitNotifications implements SmartLifecycle {
  private static final String CHANNEL = "orderflow_commit";
  private static final String NAME = "orderflow-commit-signals";

  /** The text of the notifications of this instance, which hears them, too. */
  private final String own = UUID.randomUUID().toString();

  private final Semaphore committed = new Semaphore(0);
  private final ReconnectingConnection outgoing;
  private final ReconnectingConnection incoming;

  CommitNotifications(JdbcConnectionDetails database, CommitSignal signal) {
    outgoing = new ReconnectingConnection(database, NAME, this::notifyOthers);
    incoming =
        new ReconnectingConnection(
            database,
            NAME,
            new Notifications(
                CHANNEL,
                signal::committedElsewhere,
                sender -> {
                  if (!sender.equals(own)) {
                    signal.committedElsewhere();
                  }
                }));
    signal.onCommitToTell(() -> {
      if (committed.availablePermits() == 0) {
        committed.release();
      }
    });
  }

  @Override
  public void start() {
    outgoing.start();
    incoming.start();
  }

  @Override
  public void stop() {
    incoming.stop();
    outgoing.stop();
    committed.release();
  }

  @Override
  public boolean isRunning() {
    return outgoing.isRunning();
  }

  private void notifyOthers(Connection connection, CountDownLatch stop)
      throws SQLException, InterruptedException {
    try (var notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      notify.setString(1, CHANNEL);
      notify.setString(2, own);
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
}
