package dev.orderflow.gateway.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Breaks off a response that fails after it has begun: it can no longer become a problem, and must
 * not look complete. Either side may have gone away in the middle of a stream, which is no error.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BrokenResponses extends OncePerRequestFilter implements HandlerExceptionResolver {
  private static final Logger LOG = LoggerFactory.getLogger(BrokenResponses.class);
  private static final String CAUSE = BrokenResponses.class.getName();

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception error) {
    if (!response.isCommitted()) {
      return null;
    }
    LOG.debug("{} {} broke off", request.getMethod(), request.getRequestURI(), error);
    request.setAttribute(CAUSE, error);
    return new ModelAndView();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (request.getAttribute(CAUSE) instanceof Exception error) {
      throw new CloseNowException(error.toString());
    }
  }
}
