package dev.orderflow.queryside.testing;

import dev.orderflow.platform.testing.TestServers;
import java.util.List;

/** A Redis server of its own, that can be made to fail. It keeps nothing unless it is told to. */
public interface TestRedis extends AutoCloseable {
  /** The one that the tests of this JVM share; it stops with it. */
  static TestRedis shared() {
    return Shared.REDIS;
  }

  /**
   * A new one.
   *
   * @param settings as on its command line
   */
  static TestRedis with(String... settings) {
    return switch (TestServers.chosen()) {
      case EMBEDDED -> new RedisProcess(List.of(settings));
      case DOCKER -> new RedisContainer(List.of(settings));
    };
  }

  /** Where it listens, on 127.0.0.1. */
  int port();

  /** Starts it, empty, at the same port as before. */
  void start();

  /** Ends it as a crash does. */
  void kill();

  /** It keeps its connections, and answers nothing. */
  void hang();

  /** It goes on where it was. */
  void goOn();

  @Override
  void close();

  /** Started when it is first asked for. */
  final class Shared {
    private static final TestRedis REDIS = with();

    private Shared() {}
  }
}
