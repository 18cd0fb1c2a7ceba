package dev.orderflow.gateway.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Signs people in by what they send from the sign-in page, for one request. */
final class People implements AuthenticationProvider, AuthenticationConverter {
  private final Clients clients;

  People(Clients clients) {
    this.clients = clients;
  }

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    var name = request.getParameter(SignInPage.NAME);
    var password = request.getParameter(SignInPage.PASSWORD);
    if (!HttpMethod.POST.matches(request.getMethod()) || name == null || password == null) {
      return null;
    }
    var attempt = UsernamePasswordAuthenticationToken.unauthenticated(name.strip(), password);
    attempt.setDetails(new WebAuthenticationDetails(request));
    return attempt;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    var details = (WebAuthenticationDetails) Objects.requireNonNull(attempt.getDetails());
    return clients
        .authenticate(
            attempt.getName(), String.valueOf(attempt.getCredentials()), details.getRemoteAddress())
        .filter(Client::isPerson)
        .map(person -> signedIn(person.clientId()))
        .orElseThrow(() -> new BadCredentialsException("wrong name or password"));
  }

  /** A person who is signed in. */
  static Authentication signedIn(String name) {
    return UsernamePasswordAuthenticationToken.authenticated(name, null, List.of());
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
