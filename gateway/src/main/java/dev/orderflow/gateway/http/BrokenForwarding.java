package dev.orderflow.gateway.http;

import dev.orderflow.platform.error.BrokenResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Breaks off what is passed on and fails after it has begun. Either side may have gone away in the
 * middle of a stream, which is no error.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BrokenForwarding implements HandlerExceptionResolver {
  private static final Logger LOG = LoggerFactory.getLogger(BrokenForwarding.class);

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
    BrokenResponses.breakOff(request, error);
    return new ModelAndView();
  }
}
