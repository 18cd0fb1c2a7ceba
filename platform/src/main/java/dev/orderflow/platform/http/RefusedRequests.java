package dev.orderflow.platform.http;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.ProblemWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.CloseNowException;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/**
 * Answers, as a problem, what Tomcat or the firewall of Spring Security refuses before it comes to
 * a call: a path that could be read in two ways, for example.
 */
final class RefusedRequests extends ErrorReportValve {
  private static final int TOMCATS_MOST_HEADERS = 100;

  /**
   * What Tomcat says of all that does not fit into its buffer, or is too much; it has no type of
   * its own.
   */
  private static final Set<String> TOO_LARGE =
      Set.of(
          StringManager.getManager(Http11InputBuffer.class)
              .getString("iib.requestheadertoolarge.error"),
          StringManager.getManager(MimeHeaders.class)
              .getString("headers.maxCountFail", TOMCATS_MOST_HEADERS));

  private final ProblemWriter problems;

  RefusedRequests(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable error) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      problems.write(
          failure(response.getStatus(), request.getRequestURI(), error), request, response);
      response.finishResponse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Failure failure(int status, @Nullable String path, @Nullable Throwable error) {
    if (error != null && error.getMessage() != null && TOO_LARGE.contains(error.getMessage())) {
      return path == null || path.isEmpty()
          ? Failure.of(ErrorCode.URI_TOO_LONG, "Send a shorter path and query.")
          : Failure.of(ErrorCode.HEADERS_TOO_LARGE, "Send fewer or shorter headers.");
    }
    return switch (status) {
      case 404 -> Failure.of(ErrorCode.NOT_FOUND, "There is no such resource here.");
      case 405 -> Failure.of(ErrorCode.METHOD_NOT_ALLOWED, "The method is not supported.");
      case 413 -> Failure.of(ErrorCode.CONTENT_TOO_LARGE, "Send a smaller body.");
      case 503 -> Failure.of(ErrorCode.UNAVAILABLE, "The service starts or stops; try again.");
      default -> isOurs(status, error) ? Failure.bug() : unreadable();
    };
  }

  /**
   * Whether it is a bug. A response that was broken off before it began is the client's doing; a
   * status of 501 or 505 without an error is Tomcat's word for a transfer coding or a version of
   * HTTP that it does not know.
   */
  private static boolean isOurs(int status, @Nullable Throwable error) {
    return status == 500 && !(error instanceof CloseNowException);
  }

  private static Failure unreadable() {
    return Failure.invalid(
        "request", "must be HTTP/1.1 that can be read in one way only, and arrive whole and soon");
  }
}
