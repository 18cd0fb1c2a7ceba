package dev.orderflow.platform.error;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/** Failures as problem details, RFC 9457. */
public final class Problems {
  private static final String TYPE_PREFIX = "https://orderflow.dev/problems/";

  private Problems() {}

  /** The answer to a request that failed. */
  public static ResponseEntity<ProblemDetail> answer(Failure failure, String path) {
    return answer(failure, failure.code().httpStatus(), path);
  }

  /** The same, where the place gives the code another status. */
  public static ResponseEntity<ProblemDetail> answer(Failure failure, int status, String path) {
    var response = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (failure.isTemporary()) {
      response.header(HttpHeaders.RETRY_AFTER, Integer.toString(Failure.RETRY_AFTER_SECONDS));
    }
    if (failure.code() == ErrorCode.UNAUTHENTICATED) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return response.body(detail(failure, status, path));
  }

  /** Servers let characters through that do not belong into a URI as they stand. */
  private static URI instance(String path) {
    try {
      return URI.create(path);
    } catch (IllegalArgumentException _) {
      return UriComponentsBuilder.fromPath(path).build().encode().toUri();
    }
  }

  private static ProblemDetail detail(Failure failure, int status, String path) {
    var code = failure.code();
    var problem = ProblemDetail.forStatusAndDetail(HttpStatus.valueOf(status), failure.detail());
    problem.setType(URI.create(TYPE_PREFIX + code.name().toLowerCase(Locale.ROOT)));
    problem.setTitle(code.title());
    problem.setInstance(instance(path));
    problem.setProperty("code", code.name());
    if (!failure.violations().isEmpty()) {
      problem.setProperty("violations", failure.violations());
    }
    if (!failure.changes().isEmpty()) {
      problem.setProperty("changes", failure.changes());
    }
    if (!failure.shortages().isEmpty()) {
      problem.setProperty("shortages", failure.shortages());
    }
    return problem;
  }
}
