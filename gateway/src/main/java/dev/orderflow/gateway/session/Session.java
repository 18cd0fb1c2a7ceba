package dev.orderflow.gateway.session;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A browser that is signed in.
 *
 * @param id tells it from all others
 * @param accessToken for the services
 * @param tokenEndsAt when the access token does
 * @param renewAt when it is time for another one
 * @param refreshToken with which another one can be had; null when the issuer gave none
 * @param endsAt when the session does, whatever happens
 */
record Session(
    String id,
    String accessToken,
    Instant tokenEndsAt,
    Instant renewAt,
    @Nullable String refreshToken,
    Instant endsAt) {
  private static final String TOKEN = "at";
  private static final String TOKEN_ENDS_AT = "ae";
  private static final String RENEW_AT = "ra";
  private static final String REFRESH_TOKEN = "rt";

  /** The session that was written as such claims; empty when another version wrote them. */
  static Optional<Session> of(JWTClaimsSet claims) {
    try {
      var id = claims.getJWTID();
      var accessToken = claims.getStringClaim(TOKEN);
      var tokenEndsAt = claims.getLongClaim(TOKEN_ENDS_AT);
      var renewAt = claims.getLongClaim(RENEW_AT);
      if (id == null || accessToken == null || tokenEndsAt == null || renewAt == null) {
        return Optional.empty();
      }
      return Optional.of(
          new Session(
              id,
              accessToken,
              Instant.ofEpochSecond(tokenEndsAt),
              Instant.ofEpochSecond(renewAt),
              claims.getStringClaim(REFRESH_TOKEN),
              claims.getExpirationTime().toInstant()));
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  /** The same with another refresh token. */
  Session with(@Nullable String newRefreshToken) {
    return new Session(id, accessToken, tokenEndsAt, renewAt, newRefreshToken, endsAt);
  }

  /** What the cookie holds. */
  JWTClaimsSet claims() {
    return new JWTClaimsSet.Builder()
        .jwtID(id)
        .claim(TOKEN, accessToken)
        .claim(TOKEN_ENDS_AT, tokenEndsAt.getEpochSecond())
        .claim(RENEW_AT, renewAt.getEpochSecond())
        .claim(REFRESH_TOKEN, refreshToken)
        .expirationTime(Date.from(endsAt))
        .build();
  }

  @Override
  public String toString() {
    return "Session[" + id + "]";
  }
}
