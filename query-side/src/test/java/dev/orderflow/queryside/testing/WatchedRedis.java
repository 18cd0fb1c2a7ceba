package dev.orderflow.queryside.testing;

import java.util.List;

/** A primary of Redis with a replica, and Sentinel, which lets that take over. */
public final class WatchedRedis implements AutoCloseable {
  /** The name of the primary. */
  public static final String NAME = "orderflow";

  private static final String FAST =
      """
      sentinel monitor %1$s 127.0.0.1 %2$d 1
      sentinel down-after-milliseconds %1$s 500
      sentinel failover-timeout %1$s 2000
      """;

  private final RedisProcess primary = new RedisProcess(List.of());
  private final RedisProcess replica =
      new RedisProcess(
          List.of(
              "--replicaof",
              "127.0.0.1",
              Integer.toString(primary.port()),
              "--repl-diskless-sync",
              "yes",
              "--repl-diskless-sync-delay",
              "0"));
  private final RedisProcess sentinel =
      new RedisProcess(FAST.formatted(NAME, primary.port()), List.of("--sentinel"));

  /** The one that is the primary at first. */
  public TestRedis primary() {
    return primary;
  }

  /** The one that takes over. */
  public TestRedis replica() {
    return replica;
  }

  /** Where Sentinel listens, on 127.0.0.1. */
  public int sentinelPort() {
    return sentinel.port();
  }

  @Override
  public void close() {
    sentinel.close();
    replica.close();
    primary.close();
  }
}
