package dev.orderflow.e2e.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the gateway. A body is sent as it is when it is a text, else as JSON. */
public final class HttpCaller {
  /** Longer than anything behind the gateway may take. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final HttpClient http;
  private final String gateway;
  private final @Nullable String authorization;

  HttpCaller(HttpClient http, String gateway, @Nullable String authorization) {
    this.http = http;
    this.gateway = gateway;
    this.authorization = authorization;
  }

  /**
   * @param headers names and values by turns
   */
  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** Deletes what is there. */
  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /**
   * @param headers names and values by turns
   */
  public Answer post(String path, Object body, String... headers) {
    return send("POST", path, body, headers);
  }

  /**
   * @param headers names and values by turns
   */
  public Answer put(String path, Object body, String... headers) {
    return send("PUT", path, body, headers);
  }

  private Answer send(String method, String path, @Nullable Object body, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(gateway + path)).timeout(ANSWER_WITHIN);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      var text = body instanceof String raw ? raw : JsonMapper.shared().writeValueAsString(body);
      request.method(method, BodyPublishers.ofString(text));
    }
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException noAnswer) {
      return Answer.none(noAnswer);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(stopped));
    }
  }
}
