package dev.orderflow.gateway.session;

import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** Tells a page who is signed in, and signs out. */
@RestController
final class SessionEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(SessionEndpoint.class);
  private static final String END_SESSION = "end_session_endpoint";

  private final Sessions sessions;
  private final IssuerClient issuer;

  SessionEndpoint(Sessions sessions, IssuerClient issuer) {
    this.sessions = sessions;
    this.issuer = issuer;
  }

  /** Who is signed in. */
  private record SignedIn(
      boolean signedIn, String userId, SortedSet<String> scopes, Instant expiresAt) {}

  /** Where the browser goes next. */
  private record SignedOut(String continueAt) {}

  /** Also sets the cookie whose value must come back with each write. */
  @GetMapping("/session")
  Object session(HttpServletRequest request, CsrfToken writes) {
    if (SessionFilter.isUnknown(request)) {
      throw new UnavailableException("Who is signed in cannot be told at the moment.", null);
    }
    writes.getToken();
    return SessionFilter.sessionOf(request)
        .<Object>map(session -> signedIn(session, Caller.current()))
        .orElse(Map.of("signedIn", false));
  }

  private static SignedIn signedIn(Session session, Caller caller) {
    return new SignedIn(
        true,
        caller.userId().value(),
        caller.scopes().stream().map(Scope::value).collect(Collectors.toCollection(TreeSet::new)),
        session.endsAt());
  }

  @PostMapping("/sign-out")
  Object signOut(HttpServletRequest request, HttpServletResponse response) {
    var session = SessionFilter.sessionOf(request);
    // Also one that cannot be judged at the moment: it is over, whatever it was.
    Cookies.SESSION
        .valueIn(request)
        .ifPresent(sealed -> {
          sessions.end(sealed);
          Cookies.SESSION.clear(request, response);
        });
    return new SignedOut(session.isPresent() ? continueAt() : LocalPath.HOME.value());
  }

  /** Where the issuer ends its own session, if it has one; else home. */
  private String continueAt() {
    try {
      var registration = issuer.registration();
      var endSession =
          registration.getProviderDetails().getConfigurationMetadata().get(END_SESSION);
      if (endSession instanceof String address) {
        return UriComponentsBuilder.fromUriString(address)
            .queryParam("client_id", "{clientId}")
            .queryParam("post_logout_redirect_uri", "{home}")
            .encode()
            .buildAndExpand(
                registration.getClientId(),
                ServletUriComponentsBuilder.fromCurrentContextPath().path("/").toUriString())
            .toUriString();
      }
    } catch (UnavailableException e) {
      LOG.debug("Signed out here only", e);
    }
    return LocalPath.HOME.value();
  }
}
