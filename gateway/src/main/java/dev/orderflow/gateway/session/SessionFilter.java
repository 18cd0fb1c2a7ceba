package dev.orderflow.gateway.session;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the token of a browser's session on its request, as if it had come with it; all that follows
 * need not know about sessions. A request that has a token is left alone.
 */
final class SessionFilter extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFilter.class);
  private static final String SESSION = Session.class.getName();
  private static final String UNKNOWN = Sessions.Unknown.class.getName();
  private static final String USER = "Orderflow-User";
  private static final RequestMatcher WRITES = CsrfFilter.DEFAULT_CSRF_MATCHER;

  private final Sessions sessions;
  private final ProblemWriter problems;

  SessionFilter(Sessions sessions, ProblemWriter problems) {
    this.sessions = sessions;
    this.problems = problems;
  }

  /** Whether the request changes something, and relies on what a browser sends by itself. */
  static boolean isCookieWrite(HttpServletRequest request) {
    return WRITES.matches(request)
        && request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && Cookies.SESSION.valueIn(request).isPresent();
  }

  /** The session that a request came with. */
  static Optional<Session> sessionOf(HttpServletRequest request) {
    return Optional.ofNullable((Session) request.getAttribute(SESSION));
  }

  /** Whether the request came with a session that cannot be judged at the moment. */
  static boolean isUnknown(HttpServletRequest request) {
    return request.getAttribute(UNKNOWN) != null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var sealed =
        request.getHeader(HttpHeaders.AUTHORIZATION) == null
            ? Cookies.SESSION.valueIn(request)
            : Optional.<String>empty();
    if (sealed.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    if (WRITES.matches(request) && CrossSite.is(request)) {
      forbid("Pages of other sites may not call.", request, response);
      return;
    }
    switch (sessions.open(sealed.get())) {
      case Sessions.Over() -> goOnWithout(request, response, chain);
      case Sessions.Unknown() -> {
        request.setAttribute(UNKNOWN, true);
        chain.doFilter(request, response);
      }
      case Sessions.Current current -> {
        var user = request.getHeader(USER);
        if (user != null && WRITES.matches(request) && !user.equals(current.token().getSubject())) {
          forbid("Another user has signed in meanwhile: load the page anew.", request, response);
          return;
        }
        if (current.isRenewed() && !isKept(current.session(), request, response)) {
          goOnWithout(request, response, chain);
          return;
        }
        request.setAttribute(SESSION, current.session());
        chain.doFilter(new WithToken(request, current.session().accessToken()), response);
      }
    }
  }

  private boolean isKept(
      Session session, HttpServletRequest request, HttpServletResponse response) {
    var renewed = sessions.seal(session);
    try {
      Cookies.SESSION.set(renewed, sessions.rest(session), request, response);
      return true;
    } catch (IllegalStateException e) {
      LOG.warn("A session ends early, and its user has to sign in again: {}", e.getMessage());
      return false;
    }
  }

  private static void goOnWithout(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Cookies.SESSION.clear(request, response);
    chain.doFilter(request, response);
  }

  private void forbid(String text, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    problems.write(Failure.of(ErrorCode.FORBIDDEN, text), request, response);
  }

  private static final class WithToken extends HttpServletRequestWrapper {
    private final String authorization;

    WithToken(HttpServletRequest request, String token) {
      super(request);
      authorization = "Bearer " + token;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name)
          ? authorization
          : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name)
          ? Collections.enumeration(Collections.singleton(authorization))
          : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      var names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
      names.add(HttpHeaders.AUTHORIZATION);
      return Collections.enumeration(names);
    }
  }
}
