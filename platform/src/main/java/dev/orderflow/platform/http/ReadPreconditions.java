package dev.orderflow.platform.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Holds what a read answers against its If-Match (RFC 9110, section 13.1.1). Spring does so with
 * If-None-Match only. Before the advice that takes every exception for a problem.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ReadPreconditions implements ResponseBodyAdvice<Object> {
  @Override
  public boolean supports(
      MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  /**
   * @throws ErrorResponseException when the caller asks for another version only
   */
  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returnType,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converterType,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    var current = response.getHeaders().getETag();
    if (current != null
        && body != null
        && !(body instanceof ProblemDetail)
        && isRead(request.getMethod())) {
      var version = ETag.create(current).tag();
      var asked =
          EntityTags.of(
              HttpHeaders.IF_MATCH, joined(request.getHeaders().get(HttpHeaders.IF_MATCH)));
      if (asked != null && !asked.matchStrongly(version::equals)) {
        throw new ErrorResponseException(HttpStatus.PRECONDITION_FAILED);
      }
      // Of the forms of If-None-Match the one that Spring passes over.
      if ("*".equals(request.getHeaders().getFirst(HttpHeaders.IF_NONE_MATCH))) {
        throw new UnchangedException();
      }
    }
    return body;
  }

  @ExceptionHandler(UnchangedException.class)
  ResponseEntity<Void> unchanged() {
    return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
  }

  /** The caller has it. */
  private static final class UnchangedException extends RuntimeException {
    UnchangedException() {
      super("not modified", null, false, false);
    }
  }

  /** Several lines of a header are one with commas between (RFC 9110, section 5.3). */
  private static @Nullable String joined(@Nullable List<String> lines) {
    return lines == null ? null : String.join(", ", lines);
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }
}
