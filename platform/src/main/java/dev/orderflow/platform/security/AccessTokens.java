package dev.orderflow.platform.security;

import java.util.List;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;

/**
 * What a token must be to count here: issued by the issuer for this platform, for a limited time,
 * to grant access. It may have the type that RFC 9068 gives such tokens; the many issuers that do
 * not know it write JWT, or nothing, as in ID tokens, which identify a user and grant nothing.
 */
final class AccessTokens {
  private static final String[] TYPES = {"at+jwt", "application/at+jwt", "JWT"};

  /** OpenID Connect Core 1.0, sections 2 and 3.3.2.11: they bind an ID token to a sign-in. */
  private static final List<String> ONLY_IN_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

  private AccessTokens() {}

  /** Accepts only such tokens. */
  static OAuth2TokenValidator<Jwt> of(String issuer, String audience) {
    var times = new JwtTimestampValidator(Caller.CLOCK_SKEW);
    times.setAllowEmptyExpiryClaim(false);
    var type = new JwtTypeValidator(TYPES);
    type.setAllowEmpty(true);
    return JwtValidators.createDefaultWithValidators(
        List.of(
            times,
            new JwtIssuerValidator(issuer),
            new JwtAudienceValidator(audience),
            type,
            AccessTokens::refuseIdToken));
  }

  private static OAuth2TokenValidatorResult refuseIdToken(Jwt token) {
    // Keycloak names the kind in a claim of its own.
    return ONLY_IN_ID_TOKENS.stream().anyMatch(token::hasClaim)
            || "ID".equals(token.getClaims().get("typ"))
        ? OAuth2TokenValidatorResult.failure(
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "An ID token grants no access", null))
        : OAuth2TokenValidatorResult.success();
  }
}
