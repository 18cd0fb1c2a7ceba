package dev.orderflow.gateway.ratelimit;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.ratelimit.RateLimit;
import dev.orderflow.platform.security.Caller;
import java.util.Objects;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Counts each request against what its caller may ask for.
 *
 * @param limit how much that is
 */
public record CountedRequests(RateLimit limit)
    implements HandlerFilterFunction<ServerResponse, ServerResponse> {
  /**
   * Passes the request on.
   *
   * @throws OverloadedException when it is one too many
   */
  @Override
  public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    limit.count(
        Caller.ifKnown(), Objects.requireNonNullElse(request.servletRequest().getRemoteAddr(), ""));
    return next.handle(request);
  }
}
