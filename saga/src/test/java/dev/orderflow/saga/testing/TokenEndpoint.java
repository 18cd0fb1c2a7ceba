package dev.orderflow.saga.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Gives every service the same token, and signs tokens for those who call the service. */
public final class TokenEndpoint implements AutoCloseable {
  /** The token that it gives. */
  public static final String TOKEN = "token-of-the-saga";

  static final String ISSUER = "http://issuer";

  private final HttpServer server;
  private final Path publicKey;
  private final KeyPair keys;

  /** Starts it on a free port. */
  public TokenEndpoint() throws IOException, GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    publicKey = Files.createTempFile("token-key", ".pem");
    Files.writeString(
        publicKey,
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())));
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

  /** A token of this scope that the instances accept. */
  public String signed(String scope) {
    var now = Instant.now();
    var claims =
        JwtClaimsSet.builder()
            .issuer(ISSUER)
            .audience(List.of("orderflow"))
            .subject(scope)
            .claim("scope", scope)
            .issuedAt(now)
            .expiresAt(now.plusSeconds(600))
            .build();
    return NimbusJwtEncoder.withKeyPair(
            (RSAPublicKey) keys.getPublic(), (RSAPrivateKey) keys.getPrivate())
        .build()
        .encode(JwtEncoderParameters.from(claims))
        .getTokenValue();
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
