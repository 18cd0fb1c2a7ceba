package dev.orderflow.platform.bounds;

import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.Problems;
import dev.orderflow.platform.error.UnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives each request its place among those that are worked on, or refuses it at once. A stream that
 * goes on when the request's thread has left has given its place back: streams have bounds of their
 * own. Whether the process is well can be asked at any time.
 */
final class RequestBounds extends OncePerRequestFilter {
  private static final String HEALTH = "/actuator/health";

  private final Bound requests;
  private final JsonMapper json;

  RequestBounds(Bound requests, JsonMapper json) {
    this.requests = requests;
    this.json = json;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().startsWith(HEALTH);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (var open = OpenRequest.begin(request)) {
      try {
        open.enter(requests);
      } catch (OverloadedException | UnavailableException e) {
        refuse(request, response, e);
        return;
      }
      chain.doFilter(request, response);
    }
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, RuntimeException refusal)
      throws IOException {
    var answer = Problems.answer(Failure.of(refusal), request.getRequestURI());
    response.setStatus(answer.getStatusCode().value());
    answer.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
    json.writeValue(response.getOutputStream(), answer.getBody());
  }
}
