package dev.orderflow.gateway.identity;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everybody who may have tokens. */
final class Clients {
  private static final String SCHEME = "Basic ";

  /**
   * What fails is remembered by this id, so one that nobody has must not be as long as it likes.
   */
  private static final int LONGEST_UNKNOWN_ID = 100;

  private final Map<String, Client> clients;
  private final FailedSignIns failed;

  /** Knows these. */
  Clients(List<Client> clients, FailedSignIns failed) {
    this.failed = failed;
    this.clients =
        clients.stream().collect(Collectors.toMap(Client::clientId, Function.identity()));
  }

  /**
   * The client of a request.
   *
   * @param authorization the request's header, {@code Basic} with the client's id and secret, each
   *     form-encoded (RFC 6749, section 2.3.1)
   * @param address where the request comes from
   * @throws TokenRequestException when it is not there or does not hold
   * @throws SignInPausedException when it did not hold too often
   */
  Client authenticate(@Nullable String authorization, String address) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refused();
    }
    try {
      var credentials =
          new String(
              Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip()),
              StandardCharsets.UTF_8);
      var parts = credentials.split(":", 2);
      var clientId = formDecoded(parts[0]);
      var secret = parts.length == 2 ? formDecoded(parts[1]) : "";
      var client = clients.get(clientId);
      if (client == null && clientId.length() > LONGEST_UNKNOWN_ID) {
        throw refused();
      }
      if (failed.allow(clientId, address, () -> client != null && client.hasSecret(secret))
          && client != null) {
        return client;
      }
    } catch (IllegalArgumentException _) {
      // Neither Base64 nor form-encoded: as wrong as a wrong secret.
    }
    throw refused();
  }

  private static String formDecoded(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static TokenRequestException refused() {
    return new TokenRequestException(
        "invalid_client", "Send the client's id and secret with HTTP Basic.");
  }
}
