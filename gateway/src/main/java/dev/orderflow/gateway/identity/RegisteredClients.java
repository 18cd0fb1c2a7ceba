package dev.orderflow.gateway.identity;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The clients as Spring Authorization Server wants them. */
final class RegisteredClients implements RegisteredClientRepository {
  private final Map<String, RegisteredClient> clients;

  RegisteredClients(Stream<RegisteredClient> clients) {
    this.clients =
        clients.collect(Collectors.toMap(RegisteredClient::getClientId, Function.identity()));
  }

  /**
   * A client that gets tokens in its own name.
   *
   * @param lifetime of each
   */
  static RegisteredClient program(Client client, Duration lifetime) {
    return confidential(client)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scopes(scopes -> scopes.addAll(client.scopes()))
        .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(lifetime).build())
        .build();
  }

  /**
   * The client that signs people in: the gateway itself, for browsers.
   *
   * @param lifetime of each access token
   * @param session how long new ones can be had for after a sign-in
   * @param callback where the browser goes after it
   */
  static RegisteredClient browsers(
      Client client, Duration lifetime, Duration session, String callback) {
    return confidential(client)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
        .scopes(scopes -> scopes.addAll(client.scopes()))
        .redirectUri(callback)
        .tokenSettings(
            TokenSettings.builder()
                .authorizationCodeTimeToLive(Duration.ofMinutes(1))
                .accessTokenTimeToLive(lifetime)
                .refreshTokenTimeToLive(session)
                .reuseRefreshTokens(true)
                .build())
        .build();
  }

  private static RegisteredClient.Builder confidential(Client client) {
    return RegisteredClient.withId(client.clientId())
        .clientId(client.clientId())
        .clientSecret(client.secret())
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
  }

  @Override
  public void save(RegisteredClient client) {
    throw new UnsupportedOperationException("clients are in a file");
  }

  @Override
  public @Nullable RegisteredClient findById(String id) {
    return clients.get(id);
  }

  @Override
  public @Nullable RegisteredClient findByClientId(String clientId) {
    return clients.get(clientId);
  }
}
