package dev.orderflow.gateway.testing;

import java.io.IOException;
import redis.embedded.RedisServer;

/** A Redis that comes and goes on a port of its own, and keeps nothing meanwhile. */
public final class RunningRedis implements AutoCloseable {
  private final Place place = new Place();
  private final RedisServer server;

  /** One that does not run yet. */
  public RunningRedis() throws IOException {
    server = RedisServer.newRedisServer().port(place.port()).setting("save \"\"").build();
  }

  /** Where it is found. */
  public String url() {
    return "redis://127.0.0.1:" + place.port();
  }

  /** Comes, and comes back. */
  public void start() throws IOException {
    server.start();
  }

  /** Goes. */
  public void stop() throws IOException {
    server.stop();
  }

  @Override
  public void close() throws IOException {
    stop();
    place.close();
  }
}
