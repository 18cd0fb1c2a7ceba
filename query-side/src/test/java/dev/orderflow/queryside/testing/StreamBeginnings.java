package dev.orderflow.queryside.testing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whether the response of each stream had begun when its request came back to the filters. It is
 * the last of them.
 */
public final class StreamBeginnings extends OncePerRequestFilter {
  private final List<Boolean> begun = new CopyOnWriteArrayList<>();

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (request.isAsyncStarted()) {
      begun.add(response.isCommitted());
    }
  }

  /** Of all streams so far. */
  public List<Boolean> begun() {
    return List.copyOf(begun);
  }
}
