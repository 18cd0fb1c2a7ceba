package dev.orderflow.gateway.testing;

import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpExchange;
import dev.orderflow.platform.testing.SigningKeys;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An OpenID Connect issuer at which a person is signed in already. It is strict: PKCE is a must, a
 * code and a refresh token count once.
 */
public final class FakeIssuer implements AutoCloseable {
  private static final String CLIENT = "shop-browser";

  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
  private final FakeService server = new FakeService("issuer");
  private volatile SigningKeys keys = SigningKeys.generate();
  private volatile Duration tokenLifetime = Duration.ofHours(1);
  private volatile String audience = "orderflow";
  private volatile int refreshTokenSize = 1;

  /** Listens on a free port. */
  public FakeIssuer() {
    server.answering(this::handle);
  }

  /** As tokens name it. */
  public String url() {
    return server.url();
  }

  /** The settings of a gateway that trusts it, and has its browsers signed in there. */
  public Map<String, String> settings() {
    return Map.of(
        "orderflow.identity.issuer-uri", url(),
        "orderflow.identity.issuer", "",
        "orderflow.identity.public-key", "",
        "orderflow.gateway.issuer.signing-key", "",
        "orderflow.gateway.issuer.clients", "",
        "orderflow.gateway.session.client-id", CLIENT,
        "orderflow.gateway.session.client-secret", "s:e c+r%t");
  }

  /** Signs with another key, which it tells at once. */
  public void rotateKeys() {
    keys = SigningKeys.generate();
  }

  /** What its keys sign. */
  public String token(String subject, String scope, Duration ends) {
    return keys.token(url(), subject, scope, ends);
  }

  /** How often it was asked for its keys. */
  public long questionsForKeys() {
    return server.received().stream().filter(asked -> asked.uri().equals("/keys")).count();
  }

  /** How long its tokens are valid from now on. */
  public void tokenLifetime(Duration lifetime) {
    tokenLifetime = lifetime;
  }

  /** The user of the tokens that it gives from now on. */
  public void audience(String name) {
    audience = name;
  }

  /** How many random UUIDs long its refresh tokens are from now on. */
  public void refreshTokenSize(int size) {
    refreshTokenSize = size;
  }

  /** No refresh token counts any longer. */
  public void revoke() {
    refreshTokens.clear();
  }

  /** Dies. */
  public void die() {
    server.die();
  }

  /** Comes back. */
  public void restart() {
    server.restart();
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/.well-known/openid-configuration" -> json(exchange, 200, description());
      case "/keys" -> json(exchange, 200, keys.jwks());
      case "/authorize" -> authorize(exchange);
      case "/token" -> token(exchange);
      default -> json(exchange, 404, "{}");
    }
  }

  private String description() {
    return """
    {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
     "jwks_uri": "%1$s/keys", "userinfo_endpoint": "%1$s/userinfo",
     "end_session_endpoint": "%1$s/end", "response_types_supported": ["code"],
     "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}
    """
        .formatted(url());
  }

  private void authorize(HttpExchange exchange) throws IOException {
    var asked = parameters(exchange.getRequestURI().getRawQuery());
    var code = UUID.randomUUID().toString();
    codes.put(code, asked);
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri") + "?code=" + code + "&state=" + encoded(asked.get("state")));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    var asked =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    var nonce =
        switch (asked.get("grant_type")) {
          case "authorization_code" -> redeem(asked);
          case "refresh_token" -> refreshTokens.remove(asked.get("refresh_token")) ? "" : null;
          default -> null;
        };
    if (nonce == null) {
      json(exchange, 400, "{\"error\": \"invalid_grant\"}");
      return;
    }
    var refreshToken =
        Stream.generate(() -> UUID.randomUUID().toString())
            .limit(refreshTokenSize)
            .collect(Collectors.joining());
    refreshTokens.add(refreshToken);
    json(
        exchange,
        200,
        """
        {"token_type": "Bearer", "access_token": "%s", "refresh_token": "%s", "expires_in": %d%s}
        """
            .formatted(
                keys.token(url(), audience, "alice", "openid customer", tokenLifetime),
                refreshToken,
                tokenLifetime.toSeconds(),
                nonce.isEmpty()
                    ? ""
                    : ", \"id_token\": \"" + keys.idToken(url(), CLIENT, "alice", nonce) + "\""));
  }

  /** The nonce of what was asked for; null when the code does not count. */
  private String redeem(Map<String, String> asked) {
    var began = codes.remove(asked.get("code"));
    return began != null
            && asked.get("redirect_uri").equals(began.get("redirect_uri"))
            && began.get("code_challenge_method").equals("S256")
            && sha256(asked.get("code_verifier")).equals(began.get("code_challenge"))
        ? began.get("nonce")
        : null;
  }

  private static String sha256(String text) {
    try {
      return Base64URL.encode(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)))
          .toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> parameters(String text) {
    return Arrays.stream(text.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    FakeService.answer(exchange, status, body);
  }
}
