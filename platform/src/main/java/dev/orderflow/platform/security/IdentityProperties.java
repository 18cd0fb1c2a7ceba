package dev.orderflow.platform.security;

import jakarta.validation.constraints.AssertTrue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are trusted, and who this service is.
 *
 * @param issuerUri an OpenID Connect issuer whose tokens and keys are trusted; for production
 * @param issuer the issuer claim that tokens must have, when {@code publicKey} verifies them
 * @param publicKey a PEM file with the RSA keys that verify tokens; instead of {@code issuerUri}
 * @param audience the claim {@code aud} that tokens must have: they are for this platform
 * @param tokenUri where this service gets its own token, by client credentials
 * @param clientId the name of this service at {@code tokenUri}
 * @param clientSecret its secret
 * @param services the subjects, or client ids, of the services' tokens where they are not the
 *     services' own names, as with an external issuer
 */
@Validated
@ConfigurationProperties("orderflow.identity")
public record IdentityProperties(
    @Nullable String issuerUri,
    @Nullable String issuer,
    @Nullable Resource publicKey,
    @DefaultValue("orderflow") String audience,
    @Nullable String tokenUri,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @DefaultValue Map<ServiceName, Set<String>> services) {
  /** Keeps its own copy of the services. */
  public IdentityProperties {
    services = Map.copyOf(services);
  }

  /** How the tokens of a service may name it. */
  Set<String> namesOf(ServiceName service) {
    return services.getOrDefault(service, Set.of(service.value()));
  }

  /** Tokens must be verifiable in one way. */
  @AssertTrue(
      message =
          "Set orderflow.identity.issuer-uri, or orderflow.identity.issuer and"
              + " orderflow.identity.public-key")
  boolean isVerifiable() {
    return issuerUri != null || (issuer != null && publicKey != null);
  }

  @Override
  public String toString() {
    return "IdentityProperties[issuerUri=" + issuerUri + ", clientId=" + clientId + "]";
  }
}
