package dev.orderflow.gateway.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * A cookie that no script can read and no other site's request brings along. Over https it has the
 * prefix that keeps other hosts from setting it (RFC 6265bis, section 4.1.3.2).
 *
 * @param name without the prefix
 */
record Cookies(String name) {
  /** The session. */
  static final Cookies SESSION = new Cookies("orderflow-session");

  /** A sign-in that has begun. */
  static final Cookies SIGN_IN = new Cookies("orderflow-sign-in");

  /** Browsers drop what is longer. */
  private static final int LONGEST = 4096;

  /** What it holds. */
  Optional<String> valueIn(HttpServletRequest request) {
    return Optional.ofNullable(WebUtils.getCookie(request, nameFor(request))).map(Cookie::getValue);
  }

  /**
   * Sets it.
   *
   * @throws IllegalStateException when a browser would not keep it
   */
  void set(String value, Duration age, HttpServletRequest request, HttpServletResponse response) {
    var cookie = with(value, age, request);
    if (cookie.length() > LONGEST) {
      throw new IllegalStateException(
          "The issuer's tokens take %d bytes in a cookie, more than browsers keep: let it put less into them."
              .formatted(cookie.length()));
    }
    response.addHeader(HttpHeaders.SET_COOKIE, cookie);
  }

  /** Removes it. */
  void clear(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, with("", Duration.ZERO, request));
  }

  private String with(String value, Duration age, HttpServletRequest request) {
    return ResponseCookie.from(nameFor(request), value)
        .path("/")
        .maxAge(age)
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite("Lax")
        .build()
        .toString();
  }

  private String nameFor(HttpServletRequest request) {
    return request.isSecure() ? "__Host-" + name : name;
  }
}
