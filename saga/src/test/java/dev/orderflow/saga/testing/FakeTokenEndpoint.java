package dev.orderflow.saga.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Gives every service the same token. */
public final class FakeTokenEndpoint implements AutoCloseable {
  /** The token that it gives. */
  public static final String TOKEN = "token-of-the-saga";

  private final HttpServer server;

  /** Starts it on a free port. */
  public FakeTokenEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/oauth2/token",
        exchange -> {
          try (exchange) {
            var body =
                """
                {"access_token":"%s","token_type":"Bearer","expires_in":3600,"scope":"service"}\
                """
                    .formatted(TOKEN)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/oauth2/token";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
