package dev.orderflow.gateway.identity;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The answer to a token request: RFC 6749, section 5.1.
 *
 * @param accessToken the token
 * @param tokenType how to send it
 * @param expiresIn for how many seconds it is valid
 * @param scope what it allows: scopes with spaces between them
 */
record TokenResponse(
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("token_type") String tokenType,
    @JsonProperty("expires_in") long expiresIn,
    @JsonProperty("scope") String scope) {
  @Override
  public String toString() {
    return "TokenResponse[" + scope + "]";
  }
}
