package dev.orderflow.platform.http;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.ProblemWriter;
import dev.orderflow.platform.idempotency.IdempotencyHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.RequestPath;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what cannot be read, or what two readers could read differently, before anything else
 * reads it: parameters that are not encoded properly (Tomcat throws at whatever filter asks first),
 * and what must be there once and is there twice.
 */
final class PlainRequests extends OncePerRequestFilter {
  private static final List<String> SINGLE_HEADERS =
      List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, IdempotencyHeaders.KEY);
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int LONGEST_NAME = 100;

  private final ProblemWriter problems;

  PlainRequests(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var failure = failureOf(request);
    if (failure == null) {
      chain.doFilter(new SameOrigin(request), response);
    } else {
      problems.write(failure, request, response);
    }
  }

  private static @Nullable Failure failureOf(HttpServletRequest request) {
    var coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      return Failure.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body without a Content-Encoding.");
    }
    var violations = new ArrayList<FieldViolation>();
    for (var name : SINGLE_HEADERS) {
      if (Collections.list(request.getHeaders(name)).size() > 1) {
        violations.add(new FieldViolation(name, "must be there only once"));
      }
    }
    if (!hasReadablePath(request)) {
      violations.add(new FieldViolation("path", "must be percent-encoded, its parameters, too"));
    }
    try {
      var parameters = request.getParameterMap();
      // The one form, at the token endpoint, has errors of its own (RFC 6749, section 5.2).
      if (request.getQueryString() != null) {
        parameters.forEach((name, values) -> {
          if (values.length > 1) {
            violations.add(new FieldViolation(shortened(name), "must be there only once"));
          }
        });
      }
    } catch (InvalidParameterException e) {
      if (e.getErrorCode() == CONTENT_TOO_LARGE) {
        return Failure.of(ErrorCode.CONTENT_TOO_LARGE, "Send a smaller form.");
      }
      violations.add(
          new FieldViolation(
              "request",
              "must have few parameters, in UTF-8, percent-encoded; a body must arrive whole"));
    }
    return violations.isEmpty() ? null : Failure.invalid(ErrorCode.VALIDATION_FAILED, violations);
  }

  /** Spring decodes parameters of the path (RFC 3986, section 3.3), which Tomcat leaves alone. */
  private static boolean hasReadablePath(HttpServletRequest request) {
    try {
      RequestPath.parse(request.getRequestURI(), request.getContextPath());
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String shortened(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /**
   * No page of another origin may call. A CORS preflight, which Spring would refuse with an answer
   * of its own, is answered like every OPTIONS, without the permission.
   */
  private static final class SameOrigin extends HttpServletRequestWrapper {
    SameOrigin(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD.equalsIgnoreCase(name)
              && Objects.equals(getMethod(), HttpMethod.OPTIONS.name())
          ? null
          : super.getHeader(name);
    }
  }
}
