package dev.orderflow.gateway.http;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers, as a problem, what Tomcat or the firewall of Spring Security refuses before it comes to
 * a route: a path that could be read in two ways, for example.
 */
final class RefusedRequests extends ErrorReportValve {
  private final JsonMapper json;

  RefusedRequests(JsonMapper json) {
    this.json = json;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable error) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    var answer =
        Problems.answer(
            failure(response.getStatus(), error),
            Objects.requireNonNullElse(request.getRequestURI(), "/"));
    try {
      response.setStatus(answer.getStatusCode().value());
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.getOutputStream().write(json.writeValueAsBytes(answer.getBody()));
      response.finishResponse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Failure failure(int status, @Nullable Throwable error) {
    // A response that was broken off before it began: the client broke off its request.
    return status < 500 || error instanceof CloseNowException
        ? Failure.invalid(
            ErrorCode.VALIDATION_FAILED,
            List.of(new FieldViolation("request", "must be HTTP that can be read in one way only")))
        : Failure.of(ErrorCode.INTERNAL, "This is a bug of ours; it has been logged.");
  }
}
