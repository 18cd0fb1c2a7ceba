package dev.orderflow.platform.error;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Breaks off a response that fails after it has begun: it can no longer become a problem, and must
 * not look complete.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class BrokenResponses extends OncePerRequestFilter {
  private static final String CAUSE = BrokenResponses.class.getName();

  /** Has the response to a request broken off as soon as the work on it ends. */
  public static void breakOff(HttpServletRequest request, Throwable cause) {
    request.setAttribute(CAUSE, cause);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (request.getAttribute(CAUSE) instanceof Throwable cause) {
      throw new CloseNowException(cause.toString());
    }
  }
}
