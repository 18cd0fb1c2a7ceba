package dev.orderflow.platform.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
    var answer = Problems.answer(failure, request.getRequestURI());
    response.setStatus(answer.getStatusCode().value());
    answer.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
    json.writeValue(response.getOutputStream(), answer.getBody());
  }
}
