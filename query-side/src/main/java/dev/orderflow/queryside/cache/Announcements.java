package dev.orderflow.queryside.cache;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears which keys have changed, on a connection of its own. */
final class Announcements implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  private final RedisClient client;
  private final ViewFormat<?> format;
  private final Duration timeout;
  private final Listener listener;
  private final Pulse pulse = new Pulse();
  private @Nullable StatefulRedisPubSubConnection<String, String> connection;

  Announcements(RedisClient client, ViewFormat<?> format, Duration timeout, Listener listener) {
    this.client = client;
    this.format = format;
    this.timeout = timeout;
    this.listener = listener;
  }

  /** Is told what is heard; must not block. */
  interface Listener {
    /** A key has changed. */
    void changed(ViewFormat.Change change);

    /** Everything is heard of from now on; what happened before may have been missed. */
    void listening();

    /** Nothing is heard any more. */
    void deaf();
  }

  /**
   * Connects, if that is necessary; Lettuce connects again when that breaks. Makes sure that there
   * is somebody at the other end. Called by one thread at a time.
   *
   * @throws SharedLevelException when Redis does not answer
   */
  void connect() throws SharedLevelException, InterruptedException {
    if (connection != null) {
      pulse.check(connection.async().ping(), timeout, this::forget);
      return;
    }
    try {
      var made = client.connectPubSub();
      made.addListener(new Subscription());
      made.addListener(new Breaks());
      try {
        made.sync().subscribe(format.channel());
        connection = made;
      } finally {
        if (connection == null) {
          // Lettuce subscribes again only to what it was subscribed to once.
          made.close();
        }
      }
    } catch (RedisException e) {
      throw new SharedLevelException("Redis does not answer: " + e);
    }
  }

  private void forget() {
    listener.deaf();
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public void close() {
    forget();
  }

  private final class Subscription extends RedisPubSubAdapter<String, String> {
    @Override
    public void message(String channel, String message) {
      ViewFormat.Change change;
      try {
        change = format.hear(message);
      } catch (IllegalArgumentException e) {
        LOG.warn("Not an announcement, on {}: {}", channel, e.getMessage());
        return;
      }
      listener.changed(change);
    }

    @Override
    public void subscribed(String channel, long count) {
      listener.listening();
    }
  }

  private final class Breaks extends RedisConnectionStateAdapter {
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> broken) {
      listener.deaf();
    }
  }
}
