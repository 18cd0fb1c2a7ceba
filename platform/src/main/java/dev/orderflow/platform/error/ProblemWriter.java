package dev.orderflow.platform.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with a problem where no controller does: in a filter.
 *
 * @param json writes it
 */
public record ProblemWriter(JsonMapper json) {
  /** Writes the whole answer. */
  public void write(Failure failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Tomcat has no path where it could not read the request's first line.
    var path = Objects.requireNonNullElse(request.getRequestURI(), "/");
    var answer = Problems.answer(failure, path);
    response.setStatus(answer.getStatusCode().value());
    answer.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
    json.writeValue(response.getOutputStream(), answer.getBody());
  }
}
