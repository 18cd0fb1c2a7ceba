package dev.orderflow.gateway.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Requests that change something and rely on what a browser sends by itself. */
final class CookieWrites implements RequestMatcher {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @Override
  public boolean matches(HttpServletRequest request) {
    return isWrite(request)
        && request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && Cookies.SESSION.isIn(request);
  }

  /** Whether the request changes something. */
  static boolean isWrite(HttpServletRequest request) {
    return !READS.contains(request.getMethod());
  }
}
