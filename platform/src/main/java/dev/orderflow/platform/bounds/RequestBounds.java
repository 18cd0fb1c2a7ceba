package dev.orderflow.platform.bounds;

import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.ProblemWriter;
import dev.orderflow.platform.error.UnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request its place among those that are worked on, or refuses it at once. A stream that
 * goes on when the request's thread has left has given its place back: streams have bounds of their
 * own.
 */
final class RequestBounds extends OncePerRequestFilter {
  private final Bound places;
  private final Predicate<HttpServletRequest> bounded;
  private final ProblemWriter problems;

  /**
   * @param bounded which requests need a place
   */
  RequestBounds(Bound places, Predicate<HttpServletRequest> bounded, ProblemWriter problems) {
    this.places = places;
    this.bounded = bounded;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !bounded.test(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (var open = OpenRequest.begin(request)) {
      try {
        open.enter(places);
      } catch (OverloadedException | UnavailableException e) {
        problems.write(Failure.of(e), request, response);
        return;
      }
      chain.doFilter(request, response);
    }
  }
}
