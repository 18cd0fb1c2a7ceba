package dev.orderflow.platform.security;

import dev.orderflow.api.ordering.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Who calls: the subject of the token and what it allows.
 *
 * @param token the token itself, to be passed on in the caller's name
 * @param validUntil from then on the token would be refused
 */
public record Caller(UserId userId, Set<Scope> scopes, String token, Instant validUntil) {
  /**
   * By how much the clocks of an issuer and of the services that check its tokens may differ at
   * most.
   */
  static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  /** Keeps its own copy of the scopes. */
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /**
   * The caller of the request that the current thread works on.
   *
   * @throws AuthenticationCredentialsNotFoundException when it came without a token
   */
  public static Caller current() {
    return ifKnown().orElseThrow(() -> new AuthenticationCredentialsNotFoundException("no token"));
  }

  /** The same; empty when the request came without a token. */
  public static Optional<Caller> ifKnown() {
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof JwtAuthenticationToken token) {
      var authorities =
          token.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList();
      var scopes = EnumSet.noneOf(Scope.class);
      Arrays.stream(Scope.values())
          .filter(scope -> authorities.contains(scope.authority()))
          .forEach(scopes::add);
      var expiry = token.getToken().getExpiresAt();
      return Optional.of(
          new Caller(
              new UserId(Objects.requireNonNullElse(token.getToken().getSubject(), "")),
              scopes,
              token.getToken().getTokenValue(),
              expiry == null ? Instant.MAX : expiry.plus(CLOCK_SKEW)));
    }
    return Optional.empty();
  }

  /**
   * Goes on only while the token would still be taken.
   *
   * @throws CredentialsExpiredException when it would not
   */
  public void requireValid(Instant now) {
    if (!now.isBefore(validUntil)) {
      throw new CredentialsExpiredException("the token has expired");
    }
  }

  /** Whether the token has the scope. */
  public boolean has(Scope scope) {
    return scopes.contains(scope);
  }

  /** Whether what belongs to the user may be shown: to the user, to staff and to services. */
  public boolean maySee(UserId owner) {
    return userId.equals(owner) || has(Scope.STAFF) || has(Scope.SERVICE);
  }

  /**
   * Lets only the user and staff pass.
   *
   * @throws AccessDeniedException for any other caller
   */
  public void requireOwnerOrStaff(UserId owner) {
    if (!userId.equals(owner) && !has(Scope.STAFF)) {
      throw new AccessDeniedException("neither the user nor staff");
    }
  }

  @Override
  public String toString() {
    return "Caller[" + userId + ", " + scopes + "]";
  }
}
