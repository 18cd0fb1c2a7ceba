package dev.orderflow.platform.security;

import jakarta.validation.constraints.AssertTrue;
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
 * @param publicKey a PEM file with the RSA key that verifies tokens; instead of {@code issuerUri}
 * @param audience the claim {@code aud} that tokens must have: they are for this platform
 * @param tokenUri where this service gets its own token, by client credentials
 * @param clientId the name of this service at {@code tokenUri}
 * @param clientSecret its secret
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
    @Nullable String clientSecret) {
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
