package dev.orderflow.platform.security;

import dev.orderflow.api.ordering.UserId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Who calls: the subject of the token and what it allows.
 *
 * @param token the token itself, to be passed on in the caller's name
 */
public record Caller(UserId userId, Set<Scope> scopes, String token) {
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
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof JwtAuthenticationToken token) {
      var authorities =
          token.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList();
      var scopes = EnumSet.noneOf(Scope.class);
      Arrays.stream(Scope.values())
          .filter(scope -> authorities.contains(scope.authority()))
          .forEach(scopes::add);
      return new Caller(
          new UserId(Objects.requireNonNullElse(token.getToken().getSubject(), "")),
          scopes,
          token.getToken().getTokenValue());
    }
    throw new AuthenticationCredentialsNotFoundException("no token");
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
   * @throws AccessDeniedException for anybody else
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
