package dev.orderflow.platform.security;

import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/** Gives a service its own identity, OAuth 2 client credentials (RFC 6749, section 4.4). */
@AutoConfiguration(after = TokenAutoConfiguration.class)
@ConditionalOnClass(OAuth2AuthorizedClientManager.class)
@ConditionalOnProperty("orderflow.identity.token-uri")
public class ServiceIdentityAutoConfiguration {
  @Bean
  ServiceIdentity serviceIdentity(IdentityProperties identity) {
    var clientId = Objects.requireNonNull(identity.clientId(), "orderflow.identity.client-id");
    var registrations =
        new InMemoryClientRegistrationRepository(
            ClientRegistration.withRegistrationId(ServiceIdentity.REGISTRATION)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .tokenUri(Objects.requireNonNull(identity.tokenUri()))
                .clientId(clientId)
                .clientSecret(
                    Objects.requireNonNull(
                        identity.clientSecret(), "orderflow.identity.client-secret"))
                .build());
    var clients =
        new AuthorizedClientServiceOAuth2AuthorizedClientManager(
            registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
    clients.setAuthorizedClientProvider(
        OAuth2AuthorizedClientProviderBuilder.builder()
            .clientCredentials(grant -> grant.accessTokenResponseClient(boundedTokenClient()))
            .build());
    return new ServiceIdentity(clients, clientId);
  }

  private static RestClientClientCredentialsTokenResponseClient boundedTokenClient() {
    var client = new RestClientClientCredentialsTokenResponseClient();
    client.setRestClient(TokenEndpointClient.bounded());
    return client;
  }
}
