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
 * Tells the publisher that events were committed, by this instance or another: between instances
 * with PostgreSQL's LISTEN and NOTIFY.
 *
 * <p>NOTIFY is sent after the commit and on a connection of its own, many commits at once: inside
 * the transactions it would take a lock of the whole database at each commit. A notification that
 * is lost with a connection is made up for by one signal after each reconnect, and by the slow poll
 * of the publisher.
 */
@Component
public final class CommitSignal implements SmartLifecycle {
  private static final String CHANNEL = "orderflow_commit";
  private static final String NAME = "orderflow-commit-signals";

  /** The text of the notifications of this instance, which hears them, too. */
  private final String own = UUID.randomUUID().toString();

  private final Semaphore toTell = new Semaphore(0);
  private final ReconnectingConnection outgoing;
  private final ReconnectingConnection incoming;
  private volatile Runnable listener = () -> {};
  private volatile boolean publishedHere;

  CommitSignal(JdbcConnectionDetails database) {
    outgoing = new ReconnectingConnection(database, NAME, this::tellOthers);
    incoming =
        new ReconnectingConnection(
            database,
            NAME,
            new Notifications(
                CHANNEL,
                () -> listener.run(),
                sender -> {
                  if (!sender.equals(own)) {
                    listener.run();
                  }
                }));
  }

  /** Calls the publisher after every commit, on any instance. It must not block. */
  void onCommit(Runnable publisher) {
    listener = publisher;
  }

  /** Whether it is this instance that publishes: then no other needs to hear of its commits. */
  void publishedHere(boolean here) {
    publishedHere = here;
  }

  boolean isPublishedHere() {
    return publishedHere;
  }

  /** This instance has committed events. */
  public void committedHere() {
    listener.run();
    if (!publishedHere && toTell.availablePermits() == 0) {
      toTell.release();
    }
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
    toTell.release();
  }

  @Override
  public boolean isRunning() {
    return outgoing.isRunning();
  }

  private void tellOthers(Connection connection, CountDownLatch stop)
      throws SQLException, InterruptedException {
    try (var notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      notify.setString(1, CHANNEL);
      notify.setString(2, own);
      while (stop.getCount() > 0) {
        toTell.acquire();
        try {
          notify.execute();
        } catch (SQLException e) {
          toTell.release();
          throw e;
        }
      }
    }
  }
}
