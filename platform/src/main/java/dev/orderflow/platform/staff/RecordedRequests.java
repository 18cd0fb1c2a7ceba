package dev.orderflow.platform.staff;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Keeps each request of staff's that was to change something, once it is answered. */
final class RecordedRequests extends OncePerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final String WHAT_IS_NO_CALL = "/**";

  private final StaffActions actions;

  RecordedRequests(StaffActions actions) {
    this.actions = actions;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return READING.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var failed = true;
    try {
      chain.doFilter(request, response);
      failed = false;
    } finally {
      record(
          request,
          failed && !response.isCommitted()
              ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR
              : response.getStatus());
    }
  }

  private void record(HttpServletRequest request, int status) {
    var call = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (call != null && !call.equals(WHAT_IS_NO_CALL)) {
      StaffActions.staff()
          .ifPresent(
              caller -> actions.add(caller, request.getMethod(), request.getRequestURI(), status));
    }
  }
}
