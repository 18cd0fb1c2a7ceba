package dev.orderflow.gateway.routing;

import java.net.http.HttpClient;
import org.springframework.context.SmartLifecycle;

/**
 * The connections of open streams. They end before the server waits for its requests to end, since
 * they would not by themselves; their clients connect again.
 */
final class StreamClient implements SmartLifecycle {
  private final HttpClient http;

  StreamClient(HttpClient http) {
    this.http = http;
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void start() {}

  @Override
  public void stop() {
    http.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return !http.isTerminated();
  }
}
