package dev.orderflow.queryside.cache;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Redis, and which run of the server it leads to. Connecting is left to {@link
 * #connect}, which is called again and again: readers never wait for it.
 */
final class RedisLink implements AutoCloseable {
  private static final Pattern RUN = Pattern.compile("^run_id:(\\w+)", Pattern.MULTILINE);

  private final RedisClient client;
  private final Duration timeout;
  private final Pulse pulse = new Pulse();
  private @Nullable StatefulRedisConnection<String, byte[]> connection;
  private long breaks;
  private volatile @Nullable Session session;

  RedisLink(RedisClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  /**
   * An unbroken connection.
   *
   * @param number how many were broken before it
   * @param run of the server at its other end
   */
  record Session(long number, String run, RedisAsyncCommands<String, byte[]> commands) {}

  /** The one there is; null while it is broken, or before the run is known. */
  @Nullable Session session() {
    return session;
  }

  /** Whether what was answered in the session can be believed. */
  boolean isUnbroken(Session then) {
    var now = session;
    return now != null && now.number() == then.number();
  }

  /**
   * Connects, if that is necessary, and makes sure that there is somebody at the other end. Called
   * by one thread at a time.
   *
   * @throws SharedLevelException when Redis does not answer
   */
  void connect() throws SharedLevelException, InterruptedException {
    try {
      if (connection == null) {
        connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        connection.addListener(new Breaks());
      }
      var commands = connection.async();
      if (session != null) {
        pulse.check(commands.ping(), timeout, this::forget);
        return;
      }
      var breaksBefore = breaks();
      var info = commands.info("server").get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      var run = RUN.matcher(info);
      if (run.find()) {
        connected(new Session(breaksBefore, run.group(1), commands));
      }
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      throw new SharedLevelException("Redis does not answer: " + e);
    }
  }

  private synchronized long breaks() {
    return breaks;
  }

  private synchronized void connected(Session now) {
    if (breaks == now.number()) {
      session = now;
    }
  }

  private synchronized void broken() {
    breaks++;
    session = null;
  }

  private void forget() {
    broken();
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public void close() {
    forget();
  }

  /** Hears of a break before anything can arrive on the connection that is made in its place. */
  private final class Breaks extends RedisConnectionStateAdapter {
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> broken) {
      broken();
    }
  }
}
