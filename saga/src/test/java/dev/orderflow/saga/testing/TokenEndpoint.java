package dev.orderflow.saga.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Gives every service the same token; has a key with which tokens could be verified. */
public final class TokenEndpoint implements AutoCloseable {
  /** The token that it gives. */
  public static final String TOKEN = "token-of-the-saga";

  private final HttpServer server;
  private final Path publicKey;

  /** Starts it on a free port. */
  public TokenEndpoint() throws IOException, GeneralSecurityException {
    var keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    publicKey = Files.createTempFile("token-key", ".pem");
    Files.writeString(
        publicKey,
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(
                Base64.getMimeEncoder()
                    .encodeToString(keys.generateKeyPair().getPublic().getEncoded())));
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

  Path publicKey() {
    return publicKey;
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    Files.deleteIfExists(publicKey);
  }
}
