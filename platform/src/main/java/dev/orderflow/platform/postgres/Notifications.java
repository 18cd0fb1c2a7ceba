package dev.orderflow.platform.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Listens to a channel of PostgreSQL. What is sent while the connection is broken is lost. When
 * nothing comes for a while the server is asked whether it is there: a connection whose other end
 * is gone is as silent as one on which nothing is sent.
 */
public final class Notifications implements ReconnectingConnection.Conversation {
  private static final int WAIT_MS = 5_000;
  private static final int ANSWER_LIMIT_S = 2;

  private final String channel;
  private final Runnable listening;
  private final Consumer<String> listener;

  /**
   * @param listening called when listening has begun, anew too: notifications may have been missed
   * @param listener called with the text of each notification; must not block
   */
  public Notifications(String channel, Runnable listening, Consumer<String> listener) {
    this.channel = channel;
    this.listening = listening;
    this.listener = listener;
  }

  @Override
  public void hold(Connection connection, CountDownLatch stop) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("LISTEN " + channel);
    }
    listening.run();
    var notifications = connection.unwrap(PGConnection.class);
    while (stop.getCount() > 0) {
      var received = notifications.getNotifications(WAIT_MS);
      if (received == null || received.length == 0) {
        if (!connection.isValid(ANSWER_LIMIT_S)) {
          throw new SQLTransientConnectionException("the server does not answer");
        }
      } else {
        for (var notification : received) {
          listener.accept(notification.getParameter());
        }
      }
    }
  }
}
